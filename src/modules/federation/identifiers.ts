// Identifiers as X-Road spells them: INSTANCE/CLASS/CODE[/SUBSYSTEM[/SERVICE]], and their schemas.
import Type from "typebox"

/** One part: no separator, blank, percent sign or control character, and neither `.` nor `..`. */
const PART = "(?!\\.{1,2}(?:/|$))[^\\s/%:;\\\\\\x00-\\x1f\\x7f\\u200b\\ufeff]{1,100}"
const parts = (count: number) => Type.String({ pattern: `^${PART}(/${PART}){${count - 1}}$`, maxLength: 505 })

/** A part by itself: an instance, a class, a code. */
export const Part = parts(1)
/** `INSTANCE/CLASS/CODE`. */
export const MemberId = parts(3)
/** `INSTANCE/CLASS/CODE/SUBSYSTEM`. */
export const SubsystemId = parts(4)
/** `INSTANCE/CLASS/CODE/SUBSYSTEM/SERVICE`. */
export const ServiceId = parts(5)
/** `CLASS/CODE`, inside one instance. */
export const LocalMember = parts(2)
/** `CLASS/CODE/SUBSYSTEM`, inside one instance. */
export const LocalSubsystem = parts(3)
/** The name of a site in its federation. */
export const SiteId = Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 60 })

/** The member of a subsystem or service. */
export const memberOf = (id: string): string => id.split("/").slice(0, 3).join("/")
/** The subsystem of a service. */
export const subsystemOf = (service: string): string => service.split("/").slice(0, 4).join("/")
