import { byName } from "./memo.ts";

/** `accessToken`, `access_token`, `ACCESS-TOKEN` as `["access", "token"]`. */
export const wordsOf = byName((name): readonly string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter((word) => word !== ""),
);
