// An address: the province from a list, the commune typed (or chosen among those that fit), a line for the street.
import { textOf } from "#engines/form"
import { Hint, Legended } from "./around-field.tsx"
import { describedBy, formWords, type Mistake, textIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

export function AddressBoxes(props: FieldProps) {
  const { drawing, field, id, mistake } = props
  const { frame, raw, context } = drawing
  const t = formWords(frame)
  const province = textIn(raw, `${id}.province`)
  const about = (part: string) => ({
    "aria-describedby": describedBy(id, false, mistake?.part === part ? mistake : undefined),
    "aria-invalid": (mistake && (mistake.part ?? "province") === part ? "true" : undefined) as "true" | undefined,
  })
  return (
    <Legended frame={frame} field={field} id={id} hint={field.hint && textOf(field.hint, frame.lang)} mistake={mistake}>
      <div class="ds-field">
        <label class="ds-label" for={`${id}.province`}>
          {t("province")}
        </label>
        <select class="ds-input" id={`${id}.province`} name={`${id}.province`} {...about("province")}>
          <option value="">{t("choose")}</option>
          {(context.divisions?.provinces ?? []).map((place) => (
            <option key={place.code} value={place.code} selected={place.code === province}>
              {place.name}
            </option>
          ))}
        </select>
      </div>
      <CommuneBox {...props} about={about("commune")} />
      <div class="ds-field">
        <label class="ds-label" for={`${id}.street`}>
          {t("street")}
        </label>
        <input
          class="ds-input"
          type="text"
          id={`${id}.street`}
          name={`${id}.street`}
          value={textIn(raw, `${id}.street`)}
          {...about("street")}
        />
      </div>
    </Legended>
  )
}

/** The places that a typed commune could be: pairs of code and name. */
function placesIn(mistake: Mistake | undefined): readonly (readonly [string, string])[] {
  return typeof mistake?.params.places === "string" ? (JSON.parse(mistake.params.places) as [string, string][]) : []
}

function CommuneBox({ drawing, id, mistake, about }: FieldProps & { about: Readonly<Record<string, string | undefined>> }) {
  const t = formWords(drawing.frame)
  const name = `${id}.commune`
  const places = placesIn(mistake)
  const known = textIn(drawing.raw, `${id}.known`)
  return (
    <div class="ds-field">
      <label class="ds-label" for={name}>
        {places.length > 0 ? t("communeChoose") : t("commune")}
      </label>
      {places.length > 0 ? (
        <select class="ds-input" id={name} name={name} {...about}>
          <option value={textIn(drawing.raw, name)}>{t("choose")}</option>
          {places.map(([code, place]) => (
            <option key={code} value={code}>
              {place}
            </option>
          ))}
        </select>
      ) : (
        <>
          <Hint id={name} text={t("communeHint")} />
          <input
            class="ds-input"
            type="text"
            id={name}
            name={name}
            value={textIn(drawing.raw, name)}
            {...about}
            aria-describedby={[`${name}-hint`, about["aria-describedby"]].filter(Boolean).join(" ")}
          />
        </>
      )}
      {known !== "" && <input type="hidden" name={`${id}.known`} value={known} />}
    </div>
  )
}
