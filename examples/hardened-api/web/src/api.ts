import { bearerHeader } from "./auth/session";

const API = "https://api.parceldesk.net";

export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(API + path, {
    ...init,
    headers: { "content-type": "application/json", ...bearerHeader() },
  });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return (await response.json()) as T;
}
