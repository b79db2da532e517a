// Forms with files as browsers send them.

/** A field, or with a file name a file. */
export interface Part {
  readonly name: string
  readonly body: string | Uint8Array
  readonly fileName?: string
  readonly type?: string
}

/** A body of `multipart/form-data` (RFC 7578). */
export function multipart(parts: readonly Part[]): { type: string; body: Buffer } {
  const boundary = "----boundary-of-tests"
  const chunks = parts.flatMap(({ name, body, fileName, type }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName ? `; filename="${fileName}"` : ""}\r\n` +
        `${type ? `content-type: ${type}\r\n` : ""}\r\n`,
    ),
    typeof body === "string" ? Buffer.from(body) : body,
    Buffer.from("\r\n"),
  ])
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
