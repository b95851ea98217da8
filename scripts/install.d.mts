type LockFile = {
  packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean }>
}

export function install(): Promise<void>
export function isInstalled(wanted: LockFile | undefined, found: LockFile | undefined): boolean
