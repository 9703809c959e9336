/** Which control of a newer edition took the place of one of an older edition. */

export interface Correspondence {
  /** The ids of the frameworks. */
  readonly from: string;
  readonly to: string;
  /** New id → old ids; an empty list is new in this edition. */
  readonly predecessors: Readonly<Record<string, readonly string[]>>;
}

export const correspondences: readonly Correspondence[] = [
  {
    from: "iso27001-2013",
    to: "iso27001-2022",
    // After ISO/IEC 27002:2022, annex B, for the controls that concern this package.
    predecessors: {
      "A.5.7": [],
      "A.5.14": ["A.13.2.1", "A.13.2.2", "A.13.2.3"],
      "A.5.15": ["A.9.1.1", "A.9.1.2"],
      "A.5.16": ["A.9.2.1"],
      "A.5.17": ["A.9.2.4", "A.9.3.1", "A.9.4.3"],
      "A.5.18": ["A.9.2.2", "A.9.2.5", "A.9.2.6"],
      "A.5.23": [],
      "A.5.30": [],
      "A.5.34": ["A.18.1.4"],
      "A.5.36": ["A.18.2.2", "A.18.2.3"],
      "A.7.4": [],
      "A.8.2": ["A.9.2.3"],
      "A.8.3": ["A.9.4.1"],
      "A.8.4": ["A.9.4.5"],
      "A.8.5": ["A.9.4.2"],
      "A.8.8": ["A.12.6.1", "A.18.2.3"],
      "A.8.9": [],
      "A.8.10": [],
      "A.8.11": [],
      "A.8.12": [],
      "A.8.15": ["A.12.4.1", "A.12.4.2", "A.12.4.3"],
      "A.8.16": [],
      "A.8.17": ["A.12.4.4"],
      "A.8.20": ["A.13.1.1"],
      "A.8.23": [],
      "A.8.24": ["A.10.1.1", "A.10.1.2"],
      "A.8.25": ["A.14.2.1"],
      "A.8.26": ["A.14.1.2", "A.14.1.3"],
      "A.8.27": ["A.14.2.5"],
      "A.8.28": [],
      "A.8.29": ["A.14.2.8", "A.14.2.9"],
      "A.8.32": ["A.12.1.2", "A.14.2.2", "A.14.2.3", "A.14.2.4"],
    },
  },
  {
    from: "asvs-4.0.3",
    to: "asvs-5.0",
    // After OWASP's own mapping of 4.0.3 to 5.0.0.
    predecessors: {
      "V3.3.1": ["V3.4.1"],
      "V3.3.2": ["V3.4.3"],
      "V3.3.4": ["V3.4.2"],
      "V7.2.2": ["V3.5.2"],
      "V7.4.1": ["V3.3.1"],
      "V9.1.1": ["V3.5.3"],
      "V10.4.9": ["V3.5.1"],
      "V11.2.1": ["V6.2.2"],
      "V11.2.4": ["V6.2.8"],
      "V11.5.1": ["V6.3.1"],
      "V12.2.1": ["V9.1.1"],
      "V12.3.1": ["V9.2.2"],
      "V12.3.4": ["V9.2.1"],
      "V13.3.1": ["V2.10.4", "V6.4.1"],
      "V14.1.1": ["V8.3.4"],
      "V14.2.1": ["V3.1.1", "V8.3.1", "V13.1.3"],
      "V14.3.3": ["V3.2.3", "V8.2.2"],
      "V16.2.5": ["V7.1.1"],
      "V16.3.1": ["V7.2.1"],
      "V16.3.3": ["V7.1.3"],
    },
  },
];

/** Where a control went in the edition that followed. */
export function successorsOf(framework: string, id: string): readonly string[] {
  const table = correspondences.find(({ from }) => from === framework);
  if (table === undefined) return [];
  return Object.keys(table.predecessors).filter((key) => table.predecessors[key]?.includes(id));
}

/** Where a control came from; empty if it is new, `undefined` if that is not known here. */
export function predecessorsOf(framework: string, id: string): readonly string[] | undefined {
  return correspondences.find(({ to }) => to === framework)?.predecessors[id];
}
