/** How contents rest (静态加密): AES-256-GCM under a key of their own. The key is used for one content only, so that its nonce may be constant. */
export const NONCE = Buffer.alloc(12);
export const KEY_BYTES = 32;
