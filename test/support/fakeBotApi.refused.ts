/** How a method answers that was not called as it should be. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    description: string,
    readonly retryAfter?: number,
    readonly movedTo?: number,
  ) {
    super(description)
  }
}

export const bad = (why: string): never => {
  throw new Refused(400, `Bad Request: ${why}`)
}
