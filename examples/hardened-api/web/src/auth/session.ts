interface LoginResponse {
  accessToken: string;
}

/** Lives as long as the page. The server keeps the session in a cookie that scripts cannot read. */
let current: string | undefined;

export function bearerHeader(): Record<string, string> {
  return current === undefined ? {} : { Authorization: `Bearer ${current}` };
}

export async function login(email: string, password: string): Promise<void> {
  const response = await fetch("/auth/login", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error("Wrong e-mail or password");
  const { accessToken }: LoginResponse = await response.json();
  current = accessToken;
}

export async function refresh(): Promise<string> {
  const response = await fetch("/auth/refresh", { method: "POST", credentials: "same-origin" });
  if (!response.ok) throw new Error("Signed out");
  const { accessToken }: LoginResponse = await response.json();
  current = accessToken;
  return accessToken;
}

export async function logout(): Promise<void> {
  await fetch("/auth/logout", { method: "POST", headers: bearerHeader() });
  current = undefined;
}
