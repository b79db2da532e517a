// The bell of the federation.

/** Rung when the directory or a contract has changed. */
export const FEDERATION_CHANNEL = "motlan_federation"
