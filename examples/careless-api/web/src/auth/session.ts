import Cookies from "js-cookie";

interface LoginResponse {
  accessToken: string;
  refreshToken: string;
}

export async function login(email: string, password: string): Promise<void> {
  const response = await fetch("/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error("Wrong e-mail or password");

  const { accessToken, refreshToken }: LoginResponse = await response.json();
  console.log("signed in", accessToken);
  localStorage.setItem("accessToken", accessToken);
  Cookies.set("refresh_token", refreshToken, { expires: 90, secure: true, sameSite: "strict" });
}

export function logout(): void {
  localStorage.removeItem("accessToken");
  Cookies.remove("refresh_token");
}
