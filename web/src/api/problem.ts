import type { Problem } from './types'

/** An RFC 9457 problem, or a failure to reach the server (code "network"). Its message is ready to be shown. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly field: string | undefined
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterS: number | undefined

  constructor(problem: Partial<Problem>) {
    super(problem.title ?? '')
    this.name = 'ApiProblem'
    this.code = problem.code ?? 'unknown'
    this.status = problem.status ?? 0
    this.field = problem.field
    this.detail = problem.detail
    this.requestId = problem.request_id
    this.retryAfterS = problem.retry_after_s
  }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
}

export const networkProblem = () => new ApiProblem({ code: 'network' })

export function toApiProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (isProblem(error)) return new ApiProblem(error)
  if (error instanceof TypeError) return networkProblem()
  return new ApiProblem({ code: 'unknown' })
}
