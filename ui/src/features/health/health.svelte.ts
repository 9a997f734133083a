/** What about the vault's credentials should be looked at: a cache that their changes renew. */
import { ipc, type HealthFinding, type HealthKind, type HealthView } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { Loader } from "../../lib/loader";

/** The kinds that do not wait until somebody has time. */
const grave: ReadonlySet<HealthKind> = new Set<HealthKind>([
  "compromised",
  "overdue",
  "reused_value",
  "test_key_in_production",
  "value_lost",
  "consumers_behind",
]);

/** The findings of one kind. */
export interface FindingGroup {
  kind: HealthKind;
  grave: boolean;
  findings: HealthFinding[];
}

class Health {
  view = $state.raw<HealthView | null>(null);
  failure = $state<Failure | null>(null);

  /** By kind, in the order in which the agent tells them: the gravest first. */
  readonly groups = $derived.by((): FindingGroup[] => {
    const findings = this.view?.findings ?? [];
    return [...new Set(findings.map(({ kind }) => kind))].map((kind) => ({
      kind,
      grave: grave.has(kind),
      findings: findings.filter((one) => one.kind === kind),
    }));
  });

  /** The credentials with a grave finding. */
  readonly pressing = $derived(
    new Set(
      this.groups.filter((one) => one.grave).flatMap((one) => one.findings.map(({ ref }) => ref)),
    ),
  );

  private readonly loader = new Loader(
    () => ipc().show_health(),
    (view) => {
      this.view = view;
      this.failure = null;
    },
    (error) => (this.failure = asFailure(error)),
  );

  load(): Promise<void> {
    return this.loader.load();
  }

  clear(): void {
    this.loader.forget();
    this.view = null;
    this.failure = null;
  }
}

export const health = new Health();
