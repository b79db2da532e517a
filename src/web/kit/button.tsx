// Buttons and links that look like them.
import type { ComponentChildren } from "preact"
import { Icon, type IconName } from "./icon.tsx"

type Kind = "primary" | "secondary" | "tertiary"

interface Look {
  readonly kind?: Kind
  readonly danger?: boolean
  readonly size?: "sm" | "lg"
  readonly icon?: IconName
  readonly children: ComponentChildren
}

/** Submits the form around it; `name` and `value` say which button it was. */
export function Button({
  kind = "primary",
  danger,
  size,
  icon,
  children,
  ...rest
}: Look & { name?: string; value?: string; form?: string }) {
  return (
    <button
      class="ds-button"
      type="submit"
      data-variant={kind}
      data-color={danger ? "danger" : undefined}
      data-size={size}
      {...rest}
    >
      {icon && icon !== "arrow" && <Icon name={icon} />}
      {children}
      {icon === "arrow" && <Icon name={icon} />}
    </button>
  )
}

/** A link to another page that is the next thing to do. */
export function ButtonLink({ kind = "primary", danger, size, icon, href, children }: Look & { href: string }) {
  return (
    <a class="ds-button" href={href} data-variant={kind} data-color={danger ? "danger" : undefined} data-size={size}>
      {children}
      {icon && <Icon name={icon} />}
    </a>
  )
}
