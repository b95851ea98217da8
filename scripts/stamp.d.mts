export function contentHash(base: string, paths: string[], include?: (name: string) => boolean): string
export function isStamped(file: string, hash: string): boolean
export function writeStamp(file: string, hash: string): void
