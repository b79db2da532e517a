/** Keys and pseudonyms of the site. */
export { type KeyStore, openKeys } from "./keys.ts"
