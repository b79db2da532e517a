// A framed piece of a page.
import type { ComponentChildren } from "preact"

export function Card({ children, id }: { children: ComponentChildren; id?: string }) {
  return (
    <section class="card stack" id={id}>
      {children}
    </section>
  )
}

/** What stands where a list is empty: say why, and what to do. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>
}
