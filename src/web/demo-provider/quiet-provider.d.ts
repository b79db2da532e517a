// The provider's class without the package's own entry, which prints a notice about the runtime when it is loaded.
declare module "oidc-provider/lib/provider.js" {
  export { Provider } from "oidc-provider"
}
