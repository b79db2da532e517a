// Icons of our own: strokes on a grid of 24, in the colour of the text; they never speak alone.

const strokes = {
  arrow: "M5 12h14m-6-6 6 6-6 6",
  back: "M19 12H5m6-6-6 6 6 6",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 21h4",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
  calendar: "M5 6h14v14H5zM5 10.5h14M9 3v4M15 3v4",
  car: "M4 16.5v-4l2-5.5h12l2 5.5v4zM4 12.5h16M6.5 16.5V19M17.5 16.5V19M8 14.5h.01M16 14.5h.01",
  check: "m5 12.5 4.5 4.5L19 7.5",
  child:
    "M12 3.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10M10.3 8.3h.01M13.7 8.3h.01M10.3 10.7c1 .9 2.4.9 3.4 0M6 20.5c.5-3 2.8-4.5 6-4.5s5.5 1.5 6 4.5",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.3l2.8 1.7",
  coin: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M14.5 9.2c-.5-.8-1.4-1.2-2.5-1.2-1.5 0-2.6.7-2.6 1.9 0 2.7 5.3 1.4 5.3 4.2 0 1.2-1.2 1.9-2.7 1.9-1.2 0-2.2-.5-2.7-1.4M12 6.5V8M12 16v1.5",
  cross: "m6.5 6.5 11 11m0-11-11 11",
  danger: "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 16.3h.01",
  download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12.5h6M9 16h6",
  filter: "M4 6h16M7 12h10M10 18h4",
  heart: "M12 20S4 15.3 4 9.6A4.3 4.3 0 0 1 12 7.4a4.3 4.3 0 0 1 8 2.2C20 15.3 12 20 12 20",
  home: "m4 11 8-7 8 7v9h-5.5v-5.5h-5V20H4z",
  id: "M3.5 6h17v12h-17zM8 10a1.7 1.7 0 1 1 0 3.4A1.7 1.7 0 0 1 8 10M5.7 16c.4-1.2 1.2-1.7 2.3-1.7s1.9.5 2.3 1.7M13.5 10.5h4.5M13.5 13.5h4.5",
  inbox: "M4 13.5 6.5 5h11l2.5 8.5V19H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20",
  info: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 11v5M12 8h.01",
  land: "M3.5 19.5 9 9l4 6.5 2.5-4 5 8zM16.5 6a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  out: "M14 4.5H6v15h8M10.5 12h10m-3.5-3.5L20.5 12 17 15.5",
  person: "M12 4.5a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4M5 20c.6-3.7 3.3-5.5 7-5.5s6.4 1.8 7 5.5",
  plus: "M12 5v14M5 12h14",
  print: "M7 9V4h10v5M7 17H4V9.5h16V17h-3M7 14h10v6H7z",
  school: "m2.5 9.5 9.5-4.5 9.5 4.5-9.5 4.5zM6.5 11.5v4.7c1.5 1.5 3.3 2.3 5.5 2.3s4-.8 5.5-2.3v-4.7M21.5 9.5v5",
  search: "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12m4.5 10.5 4.5 4.5",
  shield: "M12 3.5 19 6v5.5c0 4.3-2.8 7.4-7 9-4.2-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10",
  stack: "m12 4 8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4",
  upload: "M12 15V4M7.5 8.5 12 4l4.5 4.5M5 19.5h14",
  warning: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01",
  work: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
} as const

export type IconName = keyof typeof strokes

/** An icon beside words; screen readers pass it by. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={strokes[name]} />
    </svg>
  )
}

/** The mark of the portal: one line in one go, once. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="currentColor" opacity=".16" />
      <path
        d="M7 21.5V12a3 3 0 0 1 3-3h1.2a3 3 0 0 1 2.8 1.9l2 5.1 2-5.1A3 3 0 0 1 20.8 9H22a3 3 0 0 1 3 3v9.5"
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <circle cx="16" cy="23" r="2.2" fill="#f0c35a" />
    </svg>
  )
}
