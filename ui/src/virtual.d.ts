/** Modules that the build makes: `scripts/licences.ts`. */
declare module "virtual:licences" {
  const licences: import("./features/about/licences").Licences;
  export default licences;
}
