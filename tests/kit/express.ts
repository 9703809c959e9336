import type { IncomingHttpHeaders } from "node:http";

/** What an Express-like handler is given, without a server. */
export interface FakeRequest {
  readonly method: string;
  readonly url: string;
  readonly originalUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: Record<string, string>;
  readonly cookies: Record<string, string>;
  readonly body: Record<string, unknown>;
  is(type: string): false;
  get(name: string): unknown;
  /** What middlewares put there. */
  readonly [property: string]: unknown;
}

export type Handler = (
  request: FakeRequest,
  response: object,
  next: (error?: unknown) => void,
) => unknown;

/** How long a handler that never answers is waited for. */
const PATIENCE = 500;

export function requestWith(
  token: string | undefined,
  query: Record<string, string> = {},
): FakeRequest {
  const headers: IncomingHttpHeaders = {
    host: "localhost",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return {
    method: "GET",
    url: "/",
    originalUrl: "/",
    protocol: "http",
    headers,
    query,
    cookies: {},
    body: {},
    is: () => false,
    get: (name) => headers[name.toLowerCase()],
  };
}

/**
 * What becomes of a request: it gets on, with or without claims under one of the names, or it is
 * refused; `"hangs"` where nothing happens.
 */
export async function fateIn(
  handler: Handler,
  request: FakeRequest,
  names: readonly string[] = ["auth", "user"],
): Promise<"passes" | "passes with claims" | "refused" | "hangs"> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve("hangs");
    }, PATIENCE);
    const end = (fate: "passes" | "passes with claims" | "refused"): void => {
      clearTimeout(timer);
      resolve(fate);
    };
    const next = (error?: unknown): void => {
      const hasClaims = names.some((name) => Boolean(request[name]));
      end(error === undefined ? (hasClaims ? "passes with claims" : "passes") : "refused");
    };
    try {
      void Promise.resolve(handler(request, {}, next)).catch(() => {
        end("refused");
      });
    } catch {
      end("refused");
    }
  });
}
