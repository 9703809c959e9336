/** Identifiers that are the same for the same thing: UUIDs of version 5 (RFC 9562, section 5.5). */
import { createHash } from "node:crypto";

const NAMESPACE = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");
const ROOT = "https://github.com/eslint-plugin-jwt-audit/eslint-plugin-jwt-audit/";

export function uuid(...parts: readonly string[]): string {
  const bytes = createHash("sha1")
    .update(NAMESPACE)
    .update(ROOT + JSON.stringify(parts))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(index === 0 ? 0 : ends[index - 1], end))
    .join("-");
}
