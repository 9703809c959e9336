import ms from "ms";
import { analyze } from "../analysis/analysis.ts";
import type { Instructions } from "../analysis/operations/declared.ts";
import { signedTokens } from "../analysis/operations/handmade-signature.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import type { Setting } from "../analysis/operations/options.ts";
import { maximumOfService } from "../analysis/payloads/addressees.ts";
import { isMilliseconds, lifetimesOf, spell } from "../analysis/time.ts";
import type { Lifetime } from "../analysis/time.ts";
import type { Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { placeOfSetting } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";
import { isForRefresh } from "./kit/purpose.ts";

type Options = [{ readonly maximum?: string; readonly refreshMaximum?: string }];
type MessageIds = "tooLong" | "tooLongByDefault" | "farDate";

/** What the package `ms` reads, with its unit: a bare number would count milliseconds. */
const DURATION =
  "^\\d*\\.?\\d+ ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|yrs?|years?)$";

const DEFAULTS = { maximum: "30d", refreshMaximum: "90d" } as const;

const rule: JwtRule = createRule<Options, MessageIds>({
  name: "no-long-lifetime",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens that live longer than a maximum",
      group: "issuance",
      recommended: "recommended",
      messages: { tooLong: "medium", tooLongByDefault: "medium", farDate: "medium" },
      cwe: ["CWE-613"],
      rfc: ["RFC 8725 section 3.10", "RFC 7519 section 4.1.4"],
      inTests: "off",
    },
    messages: {
      tooLong:
        "The token lives {{lifetime}}, and a stolen one works as long. Let it live {{maximum}} at the most, and renew it with a refresh token that can be revoked.{{origin}}",
      tooLongByDefault:
        "{{name}} makes tokens that live {{lifetime}} unless it is told otherwise, and a stolen one works as long. Set a lifetime below {{maximum}}.",
      farDate:
        "The token expires in the year {{year}}, and a stolen one works as long. Count the lifetime from the time of signing.{{origin}}",
    },
    schema: [
      {
        type: "object",
        properties: {
          maximum: {
            type: "string",
            pattern: DURATION,
            description: "The longest lifetime of a token, such as `1h` or `30d`.",
          },
          refreshMaximum: {
            type: "string",
            pattern: DURATION,
            description: "The longest lifetime of a refresh token.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [DEFAULTS],
  },
  create(context) {
    const [{ maximum = DEFAULTS.maximum, refreshMaximum = DEFAULTS.refreshMaximum } = {}] =
      context.options as Partial<Options>;
    return {
      Program() {
        const analysis = analyze(context);
        const isFirst = oncePerNode();
        for (const operation of analysis.operations) {
          if (operation.kind !== "sign" && operation.kind !== "module") continue;
          checkDefault(operation);
        }
        for (const told of [...signedTokens(analysis), ...analysis.declared]) {
          if (told.kind !== "sign" && told.kind !== "module") continue;
          for (const setting of lifetimeSettings(told)) {
            for (const { lifetime, value } of lifetimesOf(setting)) {
              // A mix-up of units is no-invalid-lifetime's.
              const countsSeconds = setting.grammar?.startsWith("milliseconds") !== true;
              if (countsSeconds && isMilliseconds(analysis.core, value)) continue;
              check(told, setting, lifetime, value);
            }
          }
        }

        /** The library's own lifetime, where nobody sets one. */
        function checkDefault(operation: Operation): void {
          const { entity, name, node, wrapper } = operation;
          const seconds = entity.defaultLifetime;
          if (seconds === undefined || wrapper !== undefined || seconds <= secondsOf(maximum))
            return;
          const isUnset = ["lifetime", "expiresAt"] as const;
          if (isUnset.some((role) => operation.option(role).state !== "absent")) return;
          const data = { name, lifetime: spell(seconds), maximum: spell(secondsOf(maximum)) };
          if (isFirst(node)) context.report({ node, messageId: "tooLongByDefault", data });
        }

        function check(
          told: Instructions,
          setting: Setting,
          lifetime: Lifetime,
          value: Value,
        ): void {
          const { node, origin } = placeOfSetting(analysis, told, setting, value.node, context.cwd);
          if (lifetime.kind === "date" && lifetime.at >= FAR && isFirst(node)) {
            const year = String(new Date(lifetime.at * 1000).getUTCFullYear());
            context.report({ node, messageId: "farDate", data: { year, origin } });
          }
          if (lifetime.kind !== "seconds") return;
          const limit = isForRefresh(analysis, told, setting, value, lifetime.seconds)
            ? refreshMaximum
            : maximum;
          const most = Math.max(secondsOf(limit), maximumOfService(told) ?? 0);
          if (lifetime.seconds <= most || !isFirst(node)) return;
          const data = {
            lifetime: spell(lifetime.seconds),
            maximum: spell(secondsOf(limit)),
            origin,
          };
          context.report({ node, messageId: "tooLong", data });
        }
      },
    };
  },
});

/** The year 2100. */
const FAR = 4_102_444_800;

function lifetimeSettings(told: Instructions): Setting[] {
  return [...told.settings("lifetime"), ...told.settings("expiresAt")];
}

function secondsOf(text: string): number {
  return ms(text as ms.StringValue) / 1000;
}

export default rule;
