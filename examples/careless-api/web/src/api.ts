const API = "http://api.parceldesk.net";

export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  const accessToken = localStorage.getItem("accessToken");
  const response = await fetch(API + path, {
    ...init,
    headers: { "content-type": "application/json", Authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return (await response.json()) as T;
}
