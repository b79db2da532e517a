/** Files by their content. */
export { type FileStore, FileTooLarge, openFiles, type StoredFile } from "./files.ts"
