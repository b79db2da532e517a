// A table that becomes cards on a narrow screen.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { kitWords } from "./words.ts"

export interface Column<Row> {
  readonly key: string
  /** Empty for a column of buttons or boxes; its cells then carry their own names. */
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  /** On one line where there is room: codes, dates. */
  readonly nowrap?: boolean
  /** Numbers stand at the end. */
  readonly end?: boolean
  /** Sentences: in a card they stand beneath their title, not beside it. */
  readonly prose?: boolean
  /** Makes the title a link that sorts; `order` when this column is the sorted one. */
  readonly sort?: { readonly href: string; readonly order?: "ascending" | "descending" | undefined }
}

interface TableProps<Row> {
  readonly frame: Pick<Frame, "lang" | "place">
  readonly caption: string
  readonly captionUnseen?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
}

export function Table<Row>({ frame, caption, captionUnseen, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <div class="wide">
      <table class="ds-table cards" data-border data-hover data-rows>
        <caption>{captionUnseen ? <span class="unseen">{caption}</span> : caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={column.end ? "end" : undefined} aria-sort={column.sort?.order}>
                <ColumnTitle frame={frame} column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.key} data-label={column.title || undefined} class={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const cellClass = (column: Pick<Column<never>, "end" | "nowrap" | "prose">): string | undefined =>
  [column.end && "end num", column.nowrap && "nowrap", column.prose && "prose"].filter(Boolean).join(" ") || undefined

function ColumnTitle<Row>({ frame, column }: { frame: Pick<Frame, "lang" | "place">; column: Column<Row> }) {
  if (!column.sort) return <>{column.title}</>
  const { href, order } = column.sort
  return (
    <a href={href}>
      {column.title}
      {order && (
        <>
          <span aria-hidden="true">{order === "ascending" ? "▴" : "▾"}</span>
          <span class="unseen">, {kitWords(frame)(order === "ascending" ? "sortUp" : "sortDown")}</span>
        </>
      )}
    </a>
  )
}
