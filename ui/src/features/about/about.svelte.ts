/** What runs, and where its files lie. Asked for by each screen that says it, since another agent may answer. */
import { ipc, type AppInfo } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

class About {
  info = $state.raw<AppInfo | null>(null);
  failure = $state<Failure | null>(null);

  async load(): Promise<void> {
    try {
      this.info = await ipc().app_info();
      this.failure = null;
    } catch (error) {
      this.failure = asFailure(error);
    }
  }
}

export const about = new About();
