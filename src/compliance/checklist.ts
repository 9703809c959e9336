/**
 * What no reading of code can answer: the questions that remain for people, with what to file as
 * the answer. A report lists them beside its findings, so that a clean run does not look like the
 * whole of a framework.
 */

export interface ChecklistEntry {
  readonly id: string;
  readonly title: string;
  /** What to ask the owner. */
  readonly question: string;
  /** What answers it, and can be filed. */
  readonly evidence: string;
  /** Who usually knows. */
  readonly owner: string;
  /** Framework id → the controls that it belongs to. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
}

const entries = {
  "role-design": {
    title: "Roles and permissions in tokens",
    question:
      "Which roles may a token carry, who decided that each is the least that is needed, and when was it last reviewed?",
    evidence: "The table of roles and permissions; the record of the last review of access rights.",
    owner: "Owner of the application",
    controls: {
      "iso27001-2022": ["A.5.15", "A.5.18", "A.8.3"],
      "iso27001-2013": ["A.9.1.1", "A.9.2.5", "A.9.4.1"],
      soc2: ["CC6.3"],
      "asvs-5.0": ["V8.3.1"],
      "nist-800-53": ["AC-2", "AC-3"],
      "pci-dss": ["7.2.1", "7.2.4"],
    },
  },
  "stale-claims": {
    title: "Changes of rights while a token lives",
    question:
      "When a role is taken away or an account is disabled, how long can an issued token still be used, and is that accepted?",
    evidence:
      "The longest lifetime in force; a test that disables an account and uses its token; the acceptance of the remaining time.",
    owner: "Owner of the application",
    controls: {
      "iso27001-2022": ["A.5.18"],
      "iso27001-2013": ["A.9.2.6"],
      soc2: ["CC6.2", "CC6.3"],
      "asvs-5.0": ["V7.4.2", "V8.3.2"],
      "nist-800-53": ["AC-2", "AC-3(8)"],
      "pci-dss": ["8.2.5"],
      hipaa: ["164.312(a)(1)"],
      cis: ["6.2"],
    },
  },
  "session-model": {
    title: "Choice between tokens and sessions",
    question:
      "Why are tokens used rather than sessions that the server keeps, and how is the loss of immediate logout made up for?",
    evidence: "The design decision, with the risks that were weighed.",
    owner: "Architect",
    controls: {
      "iso27001-2022": ["A.8.5", "A.8.27"],
      "iso27001-2013": ["A.9.4.2", "A.14.2.5"],
      soc2: ["CC6.1"],
      "asvs-5.0": ["V7.4.1"],
      "nist-800-53": ["AC-12", "SA-8"],
    },
  },
  "revocation-store": {
    title: "The store of revoked tokens",
    question:
      "Where are revoked tokens listed, by which identifier, is the list reached by every service that accepts them, and what happens when it cannot be reached?",
    evidence:
      "The design of the store (identifier with issuer rather than the token itself); a test that revokes a token and uses it; the record of its last failure.",
    owner: "Owner of the identity service",
    controls: {
      "iso27001-2022": ["A.5.18", "A.8.27"],
      "iso27001-2013": ["A.9.2.6", "A.14.2.5"],
      soc2: ["CC6.2"],
      "asvs-5.0": ["V7.4.1", "V7.4.3", "V10.4.9"],
      "nist-800-53": ["AC-3(8)", "SC-23(1)", "IA-13(3)"],
      "pci-dss": ["8.2.5"],
      cis: ["6.2"],
    },
  },
  "replay-protection": {
    title: "Replay and stolen tokens",
    question:
      "Which tokens are bound to their sender (DPoP, mutual TLS) or accepted only once, and is the risk of the others accepted?",
    evidence:
      "The settings of the authorization server; the store of used identifiers; the acceptance of the risk of bearer tokens.",
    owner: "Owner of the identity service",
    controls: {
      "iso27001-2022": ["A.8.5"],
      "iso27001-2013": ["A.9.4.2", "A.14.1.3"],
      soc2: ["CC6.1", "CC6.6"],
      "asvs-5.0": ["V10.4.5"],
      "nist-800-53": ["IA-2(8)", "SC-23"],
    },
  },
  "algorithm-policy": {
    title: "The policy on algorithms",
    question:
      "Which algorithms and key sizes does the organisation allow, does the plugin judge by the same list, and what do settings outside the code (environment, identity provider) choose?",
    evidence:
      "The policy; the options of the rules in force; the settings of the identity provider.",
    owner: "Security",
    controls: {
      "iso27001-2022": ["A.8.24"],
      "iso27001-2013": ["A.10.1.1"],
      soc2: ["CC6.1"],
      "asvs-5.0": ["V9.1.2", "V11.6.1"],
      "nist-800-53": ["SC-13"],
      "pci-dss": ["12.3.3"],
    },
  },
  "key-custody": {
    title: "Where keys are kept",
    question:
      "Where does each signing key lie, who can read it, and does every service that only verifies do without it?",
    evidence:
      "The inventory of keys; the access list of the vault or HSM; a scan of the history of the repository for secrets.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.5.17", "A.8.24"],
      "iso27001-2013": ["A.9.2.4", "A.10.1.2"],
      soc2: ["CC6.1"],
      "asvs-5.0": ["V13.3.1"],
      "nist-800-53": ["IA-5", "IA-5(7)", "IA-13(1)", "SC-12"],
      "pci-dss": ["8.6.2"],
      hipaa: ["164.312(d)"],
    },
  },
  "key-entropy": {
    title: "Strength of keys that are configured",
    question:
      "How was each key in the environment or the vault made, and how many random bits does it have?",
    evidence:
      "The command or the ceremony that made it; its size. Never the key, nor a hash of a short one.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.5.17", "A.8.24"],
      "iso27001-2013": ["A.9.2.4", "A.10.1.2"],
      soc2: ["CC6.1"],
      "asvs-5.0": ["V11.2.3", "V11.5.1"],
      "nist-800-53": ["IA-13(1)", "SC-12"],
      "pci-dss": ["8.6.3"],
      hipaa: ["164.312(d)"],
    },
  },
  "key-rotation": {
    title: "Replacing keys",
    question:
      "When was each key last replaced, and how long does it take to replace one that leaked?",
    evidence: "The rotation log; the record of the last exercise.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.8.24"],
      "iso27001-2013": ["A.10.1.2"],
      soc2: ["CC6.1"],
      "asvs-5.0": ["V13.3.1"],
      "nist-800-53": ["SC-12"],
      "pci-dss": ["8.6.3"],
    },
  },
  "lifetime-settings": {
    title: "Lifetimes that are configured",
    question:
      "Which lifetimes do the environment and the identity provider set for access and refresh tokens, and which maximum did the organisation decide on?",
    evidence: "The settings of the identity provider; the value of each variable; the decision.",
    owner: "Owner of the identity service",
    controls: {
      "iso27001-2022": ["A.5.18", "A.8.5"],
      "iso27001-2013": ["A.9.2.6", "A.9.4.2"],
      soc2: ["CC6.2"],
      "asvs-5.0": ["V7.3.2", "V10.4.8"],
      "nist-800-53": ["AC-12", "IA-13(3)"],
      "pci-dss": ["8.2.8"],
      hipaa: ["164.312(a)(2)(iii)"],
    },
  },
  "verified-upstream": {
    title: "Checks before or after the code",
    question:
      "Does a gateway or a mesh verify tokens first, can services be reached around it, and what exactly does it check?",
    evidence: "The configuration of the gateway; the network rules; a test of a request around it.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.8.5"],
      "iso27001-2013": ["A.9.4.2"],
      soc2: ["CC6.1", "CC6.6"],
      "asvs-5.0": ["V9.1.1", "V9.2.3"],
      "nist-800-53": ["AC-3", "IA-13(2)"],
      "pci-dss": ["6.2.4"],
    },
  },
  "identity-provider": {
    title: "Settings of the identity provider",
    question:
      "Which issuers are trusted, which clients and audiences are registered, and when does a login have to be repeated?",
    evidence: "An export of the configuration; its last review.",
    owner: "Owner of the identity service",
    controls: {
      "iso27001-2022": ["A.5.16", "A.8.5"],
      "iso27001-2013": ["A.9.2.1", "A.9.4.2"],
      soc2: ["CC6.1", "CC6.2"],
      "asvs-5.0": ["V6.8.1", "V10.3.3"],
      "nist-800-53": ["IA-9", "IA-13"],
    },
  },
  "tls-deployment": {
    title: "TLS where it is deployed",
    question:
      "Where does TLS end, which versions and certificates are in use, is HSTS on, and is the way behind the proxy protected?",
    evidence: "A TLS scan; the configuration of the proxies.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.5.14", "A.8.20", "A.8.21"],
      "iso27001-2013": ["A.13.1.1", "A.13.2.1", "A.14.1.2"],
      soc2: ["CC6.6", "CC6.7"],
      "asvs-5.0": ["V12.2.1", "V12.3.1"],
      "nist-800-53": ["SC-8", "SC-8(1)"],
      "pci-dss": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      cis: ["3.10"],
    },
  },
  "log-handling": {
    title: "Keeping and reading logs",
    question:
      "Where do the events of authentication go, how long are they kept, who can change them, and who looks at them?",
    evidence:
      "A sample of entries for an accepted and a refused token (with identifier, subject and outcome, without the token); the retention; the record of a review.",
    owner: "Security operations",
    controls: {
      "iso27001-2022": ["A.8.15", "A.8.16"],
      "iso27001-2013": ["A.12.4.1", "A.12.4.2"],
      soc2: ["CC7.2", "CC7.3"],
      "asvs-5.0": ["V16.2.5", "V16.3.1"],
      "nist-800-53": ["AU-2", "AU-3", "AU-9", "AU-12"],
      "pci-dss": ["10.2.1.4", "10.2.2"],
      hipaa: ["164.312(b)"],
      cis: ["8.2", "8.5"],
    },
  },
  alerting: {
    title: "Alerts on misuse of tokens",
    question:
      "Which events raise an alarm (many refused tokens, one identifier from two places), and when was it last tried?",
    evidence: "The rules of the alerts; the record of a test or an incident.",
    owner: "Security operations",
    controls: {
      "iso27001-2022": ["A.8.16"],
      soc2: ["CC7.2", "CC7.3"],
      "asvs-5.0": ["V16.3.3"],
      "nist-800-53": ["AU-2"],
    },
  },
  "clock-sync": {
    title: "Clocks that agree",
    question:
      "Are the clocks of all issuers and verifiers synchronised, and how far may they differ?",
    evidence: "The time source of the hosts; the tolerance in force.",
    owner: "Platform",
    controls: {
      "iso27001-2022": ["A.8.17"],
      "iso27001-2013": ["A.12.4.4"],
      "asvs-5.0": ["V9.2.1"],
      "pci-dss": ["10.6.1"],
    },
  },
  "data-classification": {
    title: "What tokens may contain",
    question:
      "Which claims are personal or confidential, is each of them needed, and which tokens are encrypted because of it?",
    evidence: "The list of claims with their classification.",
    owner: "Data protection",
    controls: {
      "iso27001-2022": ["A.5.34", "A.8.11", "A.8.12"],
      "iso27001-2013": ["A.18.1.4"],
      soc2: ["C1.1", "CC6.7"],
      "asvs-5.0": ["V14.1.1", "V14.2.4"],
      "pci-dss": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["Article 25", "Article 32"],
    },
  },
  "token-storage": {
    title: "Tokens that are stored",
    question:
      "Where are issued tokens kept on servers and in clients, why, and how is the store protected? Would an identifier or a hash do?",
    evidence: "The list of stores; their encryption and access.",
    owner: "Owner of the application",
    controls: {
      "iso27001-2022": ["A.5.17", "A.8.12"],
      "iso27001-2013": ["A.9.3.1"],
      soc2: ["CC6.1", "CC6.6"],
      "asvs-5.0": ["V10.1.1", "V14.3.1"],
      "nist-800-53": ["IA-5(6)", "IA-5(13)"],
      cis: ["3.11"],
    },
  },
  "scope-of-code": {
    title: "Code that was not read",
    question:
      "Which code that handles tokens is in another language, generated, vendored or left out of the run, and what looks at it?",
    evidence: "The coverage of the report; the result of the other tools.",
    owner: "Owner of the application",
    controls: {
      "iso27001-2022": ["A.8.28", "A.8.29"],
      "iso27001-2013": ["A.14.2.8"],
      soc2: ["CC8.1"],
      "asvs-5.0": ["V11.1.3"],
      "nist-800-53": ["SA-11", "SA-11(1)"],
      "pci-dss": ["6.2.3"],
      cis: ["16.12"],
    },
  },
  "risk-treatment": {
    title: "Risk treatment and statement of applicability",
    question:
      "Which risks do these controls treat, which of them were selected or left out, and with what reason?",
    evidence: "The risk treatment plan; the statement of applicability.",
    owner: "Information security officer",
    controls: {
      "iso27001-2022": ["A.5.36"],
      "iso27001-2013": ["A.18.2.2"],
      soc2: ["CC5.2"],
    },
  },
  "audit-scope": {
    title: "Scope of the report",
    question:
      "Which categories are in scope of the SOC 2 report, which systems, and which period does it cover?",
    evidence: "The description of the system; the letter of engagement.",
    owner: "Owner of the audit",
    controls: { soc2: ["CC4.1"] },
  },
  "operation-over-time": {
    title: "Controls that work over the whole period",
    question:
      "Did the gate run on every change of the period, who could pass it by, and were the waivers reviewed?",
    evidence:
      "The reports of all runs of the period; the protection of the branch; the register of waivers with owner and expiry.",
    owner: "Owner of the audit",
    controls: {
      "iso27001-2022": ["A.8.25", "A.8.32", "A.5.36"],
      "iso27001-2013": ["A.14.2.1", "A.18.2.3"],
      soc2: ["CC4.1", "CC7.1", "CC8.1"],
      "nist-800-53": ["CA-7", "SA-11"],
      "pci-dss": ["6.5.1"],
      cis: ["16.1", "16.2"],
    },
  },
  capacity: {
    title: "Capacity",
    question:
      "If availability is in scope: how is the capacity of the services planned and watched?",
    evidence: "The monitoring of capacity. That tokens scale is no evidence.",
    owner: "Platform",
    controls: { soc2: ["A1.1"] },
  },
} as const satisfies Record<string, Omit<ChecklistEntry, "id">>;

export type ChecklistId = keyof typeof entries;

export const checklist: readonly ChecklistEntry[] = Object.entries(entries).map(([id, entry]) => ({
  id,
  ...entry,
}));

/** The questions that remain for people in a framework, or for one of its controls. */
export function checklistOf(framework: string, control?: string): readonly ChecklistEntry[] {
  return checklist.filter(({ controls }) => {
    const ids = controls[framework];
    return ids !== undefined && (control === undefined || ids.includes(control));
  });
}
