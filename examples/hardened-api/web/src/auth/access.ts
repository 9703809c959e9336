import { jwtDecode } from "jwt-decode";
import { redirect } from "react-router";
import { api } from "../api";

interface Claims {
  name: string;
  exp: number;
}

interface Me {
  name: string;
  roles: string[];
}

/** For the greeting. */
export function displayName(token: string): string {
  return jwtDecode<Claims>(token).name;
}

/** When to ask for a fresh one. */
export function secondsLeft(token: string): number {
  const { exp } = jwtDecode<Claims>(token);
  return exp - Math.floor(Date.now() / 1000);
}

export async function isAdmin(): Promise<boolean> {
  const { roles } = await api<Me>("/me");
  return roles.includes("admin");
}

/** Loader of the approval pages; the server decides again when something is approved. */
export async function requireApprover(): Promise<{ name: string }> {
  const { name, roles } = await api<Me>("/me");
  if (!roles.includes("approver")) throw redirect("/forbidden");
  return { name };
}
