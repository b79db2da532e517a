// Every component of the kit on two pages, for the browser tests alone.

import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Card, Empty } from "#kit/card.tsx"
import { Confirmation } from "#kit/confirmation.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { Filters, SearchBox } from "#kit/filters.tsx"
import { Icon } from "#kit/icon.tsx"
import { Layout } from "#kit/layout.tsx"
import { Pagination } from "#kit/pagination.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Facts, SummaryList } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { StatusTag, Tag } from "#kit/tag.tsx"
import { TaskList } from "#kit/task-list.tsx"
import { Day, Lead, Moment, Money } from "#kit/text.tsx"
import { Timeline } from "#kit/timeline.tsx"
import type { Frame } from "#platform/http"
import { html } from "#platform/http"
import type { Web } from "#web/web.ts"

const AT = new Date("2026-03-09T03:00:00Z")
const cases = [
  { code: "H29.18-260309-0042", name: "Đăng ký khai sinh", fee: 0, status: "returned" },
  { code: "H29.18-260309-0107", name: "Cấp bản sao trích lục hộ tịch", fee: 8_000, status: "in-process" },
  { code: "H29.18-260309-0013", name: "Cấp giấy phép xây dựng nhà ở riêng lẻ", fee: 1_175_000, status: "supplement" },
] as const

export function galleryPages(web: Web): void {
  web.page({ method: "GET", path: "/gallery", for: "public", handle: async (request) => html(<PortalGallery frame={request} />) })
  web.page({
    method: "GET",
    path: "/gallery/desk",
    for: "public",
    handle: async (request) => html(<DeskGallery frame={request} />),
  })
}

function PortalGallery({ frame }: { frame: Frame }) {
  return (
    <Layout frame={frame} title="Đăng ký khai sinh" section="services" trail={[{ name: "Hộ tịch", href: "/search" }]} hasErrors>
      <div class="cols">
        <div class="stack">
          <Opening frame={frame} />
          <Questions />
          <Parts frame={frame} />
          <Lists frame={frame} />
          <Outcome frame={frame} />
          <Notices />
        </div>
        <aside>
          <Facts
            rows={[
              { label: "Thời gian điền", value: "khoảng 10 phút" },
              { label: "Thời hạn giải quyết", value: "Trong ngày", more: "Nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo" },
              { label: "Lệ phí", value: <Money frame={frame} amount={0} /> },
              { label: "Cơ quan giải quyết", value: "Uỷ ban nhân dân cấp xã" },
            ]}
          />
        </aside>
      </div>
    </Layout>
  )
}

function Opening({ frame }: { frame: Frame }) {
  return (
    <>
      <h1>Đăng ký khai sinh</h1>
      <Lead>Làm giấy khai sinh cho trẻ, đồng thời cấp số định danh cá nhân. Không phải đến cơ quan nếu hồ sơ đầy đủ.</Lead>
      <p class="row">
        <ButtonLink href="#x" icon="arrow" size="lg">
          Bắt đầu
        </ButtonLink>
        <Tag tone="success">Toàn trình</Tag>
      </p>
      <Alert title="Có thể lưu lại và làm tiếp trong 30 ngày.">
        <p>Điều đã khai được giữ trên máy chủ, mở lại được ở thiết bị khác.</p>
      </Alert>
      <ErrorSummary
        frame={frame}
        errors={[
          { field: "name", text: "Nhập họ, chữ đệm và tên của trẻ" },
          { field: "q", text: "Ngày sinh phải là ngày trong quá khứ" },
        ]}
      />
    </>
  )
}

function Questions() {
  return (
    <PostForm action="/gallery" csrf="token" class="stack">
      <div class="ds-field">
        <label class="ds-label" for="name">
          Họ, chữ đệm và tên
        </label>
        <div data-field="description" id="name-hint">
          Viết đúng như trên giấy chứng sinh
        </div>
        <input class="ds-input" id="name" name="name" aria-invalid="true" aria-describedby="name-hint name-error" />
        <p class="ds-validation-message" data-field="validation" data-color="danger" id="name-error">
          Nhập họ, chữ đệm và tên của trẻ
        </p>
      </div>
      <fieldset class="ds-fieldset">
        <legend class="ds-label">Giới tính</legend>
        {["Nam", "Nữ"].map((sex, i) => (
          <div class="ds-field" key={sex}>
            <input class="ds-input" type="radio" name="sex" id={`sex-${i}`} value={sex} checked={i === 1} />
            <label for={`sex-${i}`}>{sex}</label>
          </div>
        ))}
      </fieldset>
      <p class="row">
        <Button>Lưu và tiếp tục</Button>
        <Button kind="secondary">Lưu lại, làm tiếp sau</Button>
        <Button kind="tertiary" danger>
          Xoá bản nháp
        </Button>
      </p>
    </PostForm>
  )
}

function Parts({ frame }: { frame: Frame }) {
  return (
    <>
      <h2>Các phần của hồ sơ</h2>
      <TaskList
        frame={frame}
        tasks={[
          { id: "child", title: "Thông tin của trẻ", state: "done", href: "#1" },
          { id: "parents", title: "Thông tin cha, mẹ", state: "now", href: "#2" },
          { id: "papers", title: "Giấy tờ kèm theo và cách nhận kết quả", state: "todo", href: "#3" },
          { id: "check", title: "Kiểm tra lại và nộp hồ sơ", state: "later" },
        ]}
      />
      <h2>Kiểm tra lại</h2>
      <SummaryList
        frame={frame}
        rows={[
          { label: "Họ và tên mẹ", value: "Nguyễn Thị Hương Giang", source: "Cơ sở dữ liệu quốc gia về dân cư, 09/03/2026" },
          { label: "Tên của trẻ", value: "Nguyễn Ngọc Minh Châu", changeHref: "#name" },
        ]}
      />
    </>
  )
}

function Lists({ frame }: { frame: Frame }) {
  return (
    <>
      <h2>Hồ sơ của tôi</h2>
      <Table
        frame={frame}
        caption="Hồ sơ đã nộp"
        rows={cases}
        rowKey={(row) => row.code}
        columns={[
          {
            key: "code",
            title: "Mã hồ sơ",
            cell: (row) => <a href="#c">{row.code}</a>,
            nowrap: true,
            sort: { href: "?sort=code", order: "ascending" },
          },
          { key: "name", title: "Thủ tục", cell: (row) => row.name },
          { key: "fee", title: "Phí", cell: (row) => <Money frame={frame} amount={row.fee} />, end: true },
          { key: "status", title: "Tình trạng", cell: (row) => <StatusTag frame={frame} status={row.status} /> },
        ]}
      />
      <Pagination frame={frame} page={3} pages={9} href={(page) => `?page=${page}`} />
    </>
  )
}

function Outcome({ frame }: { frame: Frame }) {
  return (
    <>
      <Confirmation title="Đã nhận hồ sơ" codeLabel="Mã hồ sơ" code="H29.18-260309-0042">
        <p>
          Hẹn trả: <Day frame={frame} value="2026-03-10" long />
        </p>
      </Confirmation>
      <h2>Diễn biến</h2>
      <Timeline
        entries={[
          {
            key: "1",
            state: "done",
            title: "Đã nộp",
            when: <Moment frame={frame} value={AT} />,
            who: "Nguyễn Thị Hương Giang",
          },
          { key: "2", state: "now", title: "Đang thẩm định", who: "Công chức tư pháp – hộ tịch, UBND phường Hồng Gai" },
          { key: "3", state: "next", title: "Ký và trả kết quả" },
        ]}
      />
    </>
  )
}

function Notices() {
  return (
    <>
      <Alert tone="success" title="Đã lưu" />
      <Alert tone="warning" title="Cần bổ sung trước ngày 12/03/2026" />
      <Alert tone="danger" title="Giấy này đã bị thu hồi" />
      <Card>
        <h3>Một thẻ</h3>
        <p>Nội dung của thẻ.</p>
      </Card>
      <Empty>
        <p>Chưa có hồ sơ nào.</p>
        <ButtonLink kind="secondary" href="/search">
          Tìm thủ tục
        </ButtonLink>
      </Empty>
      <SearchBox action="/search" label="Tìm thủ tục" button="Tìm" hint="Gõ không dấu cũng được: khai sinh" />
    </>
  )
}

const side = [
  {
    title: "Hàng việc",
    items: [
      { name: "Việc của tôi", href: "/gallery/desk", count: 12, current: true },
      { name: "Chưa nhận", href: "#2", count: 34 },
      { name: "Chờ công dân bổ sung", href: "#3", count: 7 },
      { name: "Quá hạn", href: "#4", count: 3, tone: "danger" as const },
    ],
  },
  { title: "Bộ lọc đã lưu", items: [{ name: "Xây dựng, phường tôi", href: "#5" }] },
]

function DeskGallery({ frame }: { frame: Frame }) {
  return (
    <DeskLayout frame={frame} title="Việc của tôi" side={side} post="Công chức tư pháp – hộ tịch, UBND phường Hồng Gai">
      <Kpis />
      <Queue frame={frame} />
    </DeskLayout>
  )
}

function Kpis() {
  return (
    <>
      <h1>Việc của tôi</h1>
      <dl class="kpis">
        {[
          ["Đến hạn hôm nay", "4", undefined],
          ["Quá hạn", "3", "danger"],
          ["Đúng hạn 30 ngày", "96,4 %", undefined],
          ["Trung bình xử lý", "1,8 ngày", undefined],
        ].map(([name, value, tone]) => (
          <div class="kpi" data-color={tone} key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Queue({ frame }: { frame: Frame }) {
  return (
    <>
      <Filters
        frame={frame}
        action="/gallery/desk"
        clearHref="/gallery/desk"
        filters={[
          {
            name: "service",
            label: "Thủ tục",
            value: "",
            options: [
              { value: "", label: "Tất cả" },
              { value: "1.001193", label: "Khai sinh" },
            ],
          },
          { name: "name", label: "Người nộp", value: "" },
        ]}
      />
      <div class="tools">
        <Button icon="plus">
          Nhận việc tiếp theo <kbd>N</kbd>
        </Button>
        <Button kind="secondary">Chuyển xử lý</Button>
        <span class="end subtle">
          <Icon name="clock" /> 12 việc
        </span>
      </div>
      <Table
        frame={frame}
        caption="Việc của tôi"
        captionUnseen
        rows={[
          ...cases,
          ...cases.map((c) => ({ ...c, code: `${c.code}9` })),
          ...cases.map((c) => ({ ...c, code: `${c.code}8` })),
        ]}
        rowKey={(row) => row.code}
        columns={[
          {
            key: "code",
            title: "Mã hồ sơ",
            cell: (row) => <a href="#c">{row.code}</a>,
            nowrap: true,
            sort: { href: "?sort=code", order: "ascending" },
          },
          { key: "who", title: "Người nộp", cell: () => "Nguyễn Thị Hương Giang" },
          { key: "name", title: "Thủ tục", cell: (row) => row.name },
          {
            key: "due",
            title: "Hạn",
            cell: (row) => (row.fee === 0 ? <span class="late">quá 1 ngày</span> : "còn 4 giờ"),
            sort: { href: "?sort=due" },
          },
          { key: "status", title: "Tình trạng", cell: (row) => <StatusTag frame={frame} status={row.status} /> },
        ]}
      />
    </>
  )
}
