// Keys of the desk: "/" to search, j and k to move along the rows, Enter to open, "?" for help. Off while typing, or with ?keys=off once.
;(() => {
  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")]
  const help = document.querySelector("[data-keys-help]")
  let at = -1
  const asked = new URLSearchParams(location.search).get("keys")
  if (asked) localStorage.setItem("keys", asked)
  const off = () => localStorage.getItem("keys") === "off"
  const move = (by) => {
    const all = rows()
    if (all.length === 0) return
    all[at]?.removeAttribute("data-at")
    at = Math.max(0, Math.min(all.length - 1, at + by))
    all[at].setAttribute("data-at", "")
    const link = all[at].querySelector("a")
    if (link) link.focus()
    all[at].scrollIntoView({ block: "nearest" })
  }
  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur()
      return
    }
    if (event.key === "/") {
      event.preventDefault()
      document.querySelector("search input")?.focus()
    } else if (event.key === "j") move(1)
    else if (event.key === "k") move(-1)
    else if (event.key === "?" && help) help.open = !help.open
  })
})()
