// A form that changes something: posted, with its CSRF token first, before any file.
import type { ComponentChildren } from "preact"

interface PostFormProps {
  readonly action: string
  readonly csrf: string
  /** True when it brings files. */
  readonly files?: boolean
  readonly class?: string
  readonly id?: string
  readonly children?: ComponentChildren
}

/** Our own checks speak, not the browser's: in the reader's language, all at once. */
export function PostForm({ action, csrf, files, children, ...rest }: PostFormProps) {
  return (
    <form method="post" action={action} enctype={files ? "multipart/form-data" : undefined} noValidate {...rest}>
      <input type="hidden" name="csrf" value={csrf} />
      {children}
    </form>
  )
}
