/** Which settings are shown: all of them, or those that have the words of the search. */
import {
  settingsWords as words,
  type RowName,
  type SectionName,
  type SettingWords,
} from "../../words/settings";

type Rows = Record<string, SettingWords>;

const sections = Object.keys(words.sections) as SectionName[];

export class Finder {
  query = $state("");

  readonly wanted = $derived(this.query.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean));

  /** The settings that are shown, by section; sections without any are left out. */
  readonly found = $derived(
    sections
      .map((section) => ({ section, rows: this.rowsOf(section) }))
      .filter(({ rows }) => rows.length > 0),
  );

  shows(row: RowName): boolean {
    return this.found.some(({ rows }) => rows.includes(row));
  }

  private rowsOf(section: SectionName): string[] {
    const rows: Rows = words.rows[section];
    return Object.entries(rows)
      .filter(([, row]) => {
        const parts = [words.sections[section], row.label, row.hint ?? "", row.also ?? ""];
        const text = parts.join("\n").toLocaleLowerCase();
        return this.wanted.every((word) => text.includes(word));
      })
      .map(([name]) => name);
  }
}
