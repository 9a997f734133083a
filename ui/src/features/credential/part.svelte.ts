/** Which part of a credential's detail is to be shown; asked for from elsewhere, e.g. a dialog. */
class DetailPart {
  wanted = $state<"addresses" | null>(null);

  show(part: "addresses"): void {
    this.wanted = part;
  }
}

export const detailPart = new DetailPart();
