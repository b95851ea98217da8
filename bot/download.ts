import type { Api } from 'grammy'

/** The largest file the Bot API lets a bot download. */
export const maxDownloadBytes = 20 * 1024 * 1024

const longestMilliseconds = 120_000

/** Makes the function that opens a file of Telegram for reading. Its errors never hold the token. */
export function downloader(
  api: Api,
  apiRoot: string,
  token: string,
): (fileId: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>> {
  return async (fileId, signal) => {
    const file = await api.getFile(fileId)
    if (!file.file_path) throw new Error('Telegram gave no path of the file')
    const response = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]),
    }).catch(() => null)
    if (!response?.ok || !response.body)
      throw new Error(`the file could not be downloaded: ${response?.status ?? 'no answer'}`)
    return response.body as unknown as AsyncIterable<Uint8Array>
  }
}
