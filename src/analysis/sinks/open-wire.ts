import type { Node } from "../syntax.ts";

/** Something that lets others read or replace what travels. */
export interface OpenWire {
  /** The cause: the address or the switch. */
  readonly cause: Node;
  /** What uses it, in the linted file. */
  readonly effect: Node;
  readonly kind:
    "keys" | "token" | "address" | "socket" | "anyOrigin" | "certificate" | "process" | "switch";
  readonly name: string;
}
