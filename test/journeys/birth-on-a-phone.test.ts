// The main job on a phone of 390 px without scripts, in Vietnamese.
import { tellBirth } from "./birth.ts"

tellBirth("a birth is registered from a phone, with scripts off", { lang: "vi", width: 390, scripts: false })
