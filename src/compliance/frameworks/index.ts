import type { Framework } from "../types.ts";
import { asvs4 } from "./asvs-4.0.3.ts";
import { asvs5 } from "./asvs-5.0.ts";
import { cis } from "./cis.ts";
import { cwe } from "./cwe.ts";
import { gdpr } from "./gdpr.ts";
import { hipaa } from "./hipaa.ts";
import { iso27001v2013 } from "./iso27001-2013.ts";
import { iso27001v2022 } from "./iso27001-2022.ts";
import { nist80053 } from "./nist-800-53.ts";
import { nist80063 } from "./nist-800-63.ts";
import { owaspApi2023 } from "./owasp-api-2023.ts";
import { owaspTop10v2021 } from "./owasp-top10-2021.ts";
import { owaspTop10v2025 } from "./owasp-top10-2025.ts";
import { pciDss } from "./pci-dss.ts";
import { rfc8725 } from "./rfc8725.ts";
import { soc2 } from "./soc2.ts";

/** Every framework the package knows; the first is the default. */
export const frameworks: readonly Framework[] = [
  iso27001v2022,
  iso27001v2013,
  soc2,
  asvs5,
  asvs4,
  owaspTop10v2025,
  owaspTop10v2021,
  owaspApi2023,
  cwe,
  rfc8725,
  nist80053,
  nist80063,
  pciDss,
  hipaa,
  gdpr,
  cis,
];

export const defaultFramework: Framework = iso27001v2022;
