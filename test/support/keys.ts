/** The keys that scripts/test/config.ts gives to the Worker under test. */
export const keys = {
  read: "read-key-000000000000000000000000000",
  write: "write-key-00000000000000000000000000",
  admin: "admin-key-00000000000000000000000000",
} as const;
