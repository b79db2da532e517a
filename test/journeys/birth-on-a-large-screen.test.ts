// The main job on a screen of 1280 px with scripts, in English.
import { tellBirth } from "./birth.ts"

tellBirth("a birth is registered on a large screen, with scripts on", { lang: "en", width: 1_280, scripts: true })
