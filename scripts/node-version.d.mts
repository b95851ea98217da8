export function complaintAboutNode(version: string): string | undefined
