/** What a credential's token says of itself, where it is a JWT. */
import { ipc, type DecodedJwt } from "../../../ipc";
import { Shown } from "../../../lib/shown.svelte";

export class Decoded extends Shown<DecodedJwt | null> {
  protected async ask(reference: string): Promise<DecodedJwt | null> {
    try {
      return (await ipc().decode_token({ reference })).jwt;
    } catch {
      // What cannot be decoded is not said: the token works all the same.
      return null;
    }
  }
}
