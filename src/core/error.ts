/**
 * The one error type that crosses the project's doors.
 *
 * `code` is stable and meant for programs; `message` says what happened, to what, and what to do.
 * `retryable` tells whether the same call may succeed later without any change by the caller.
 */
export class ConsortiaError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { cause?: unknown; retryable?: boolean; values?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ConsortiaError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.values = options.values ?? {};
  }
}

/** Narrows an unknown error to a {@link ConsortiaError}, optionally of one code. */
export function isConsortiaError(error: unknown, code?: string): error is ConsortiaError {
  return error instanceof ConsortiaError && (code === undefined || error.code === code);
}
