/** How frameworks hand libraries to a program: by registration, as members of their objects, by names of schemes. */
import type { Position } from "./types.ts";

/** Where a program registers a library for all that it does later. */
export interface Registration {
  /** The path of the entity that registers it. */
  readonly from: string;
  /** Where the options stand there under the names that they have in the later calls. */
  readonly at: Position;
}

/**
 * A member that the objects of a framework have once the library is registered. Files that use it
 * import nothing of the library.
 */
export interface Decoration {
  readonly framework: "egg" | "elysia" | "fastify" | "strapi";
  /**
   * Which of the framework's objects; `"context"` is the first parameter of a handler, `"services"` what a plugin
   * of Strapi offers.
   */
  readonly on: "context" | "reply" | "request" | "server" | "services";
  /** For `"services"`: the name of the plugin. */
  readonly of?: string;
  readonly name: string;
  /** The entity path that it stands for. */
  readonly path: string;
  /** Where a registration gives it another name, which entity registers and at which position. */
  readonly renamedBy?: Registration;
}

/** What a framework's method does when it is given the name of the library's scheme. */
export interface Scheme {
  /** The end of the callee: `"auth.strategy"`. */
  readonly method: string;
  /** Where the name of the scheme stands, and what it is. */
  readonly at: Position;
  readonly name: string;
  /** The entity path that the call stands for. */
  readonly path: string;
  /** … and the one that it stands for where a package that nothing is known of gives a scheme of that name. */
  readonly another?: string;
  /** Positions that hold something for this library alone: they tell it where nothing is imported. */
  readonly told: readonly Position[];
}
