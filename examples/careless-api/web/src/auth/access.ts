import { jwtDecode } from "jwt-decode";
import { redirect } from "react-router";

interface Claims {
  name: string;
  roles: string[];
  exp: number;
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

export function isAdmin(token: string): boolean {
  const claims = JSON.parse(atob(token.split(".")[1]));
  return claims.role === "admin";
}

/** Loader of the approval pages. */
export function requireApprover(token: string): { name: string } {
  const claims = jwtDecode<Claims>(token);
  if (!claims.roles.includes("approver")) throw redirect("/forbidden");
  return { name: claims.name };
}
