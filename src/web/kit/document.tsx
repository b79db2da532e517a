// The document around every page: title, fonts, the place of its style.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { DESK_STYLE, openStyle, PORTAL_STYLE } from "./style/style.ts"
import { kitWords, textOf } from "./words.ts"

interface DocumentProps {
  readonly frame: Frame
  readonly title: string
  /** Says in the title, too, that something must be corrected. */
  readonly hasErrors?: boolean
  readonly description?: string | undefined
  readonly desk?: boolean
  readonly children: ComponentChildren
}

export function Document({ frame, title, hasErrors, description, desk, children }: DocumentProps) {
  const style = openStyle()
  const shown = hasErrors ? kitWords(frame)("errorTitle", { title }) : title
  const site = textOf(frame, frame.place.name)
  return (
    <html lang={frame.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{shown === site ? site : `${shown} – ${site}`}</title>
        {description && <meta name="description" content={description} />}
        <meta name="theme-color" content="#0b5c7a" />
        {style.fonts.map((href) => (
          <link key={href} rel="preload" as="font" type="font/woff2" href={href} crossOrigin="anonymous" />
        ))}
        <style dangerouslySetInnerHTML={{ __html: desk ? DESK_STYLE : PORTAL_STYLE }} />
        <link rel="icon" href={style.icon} type="image/svg+xml" />
        {desk && <script src={style.deskScript} defer />}
      </head>
      <body data-size={desk ? "sm" : undefined}>
        <a class="skip" href="#main">
          {kitWords(frame)("skip")}
        </a>
        {children}
      </body>
    </html>
  )
}
