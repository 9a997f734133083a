type WantedPart = "addresses" | "notes";

/** Which part of a credential's detail is to be shown; asked for from elsewhere, e.g. a dialog. */
class DetailPart {
  wanted = $state<WantedPart | null>(null);

  show(part: WantedPart): void {
    this.wanted = part;
  }
}

export const detailPart = new DetailPart();
