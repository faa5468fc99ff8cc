// Server: the face of the package: what the command line starts and asks.

export { type Config, type Given, readConfig, settings } from './config.ts'
export { DatabaseError } from './database/database-error.ts'
export {
  backupDatabase,
  databaseSchema,
  distributeDatabase,
  migrateDatabase,
  restoreDatabase,
  verifyDatabase,
} from './database-deeds.ts'
export { type RunningServer, startServer } from './server.ts'
export { StartError } from './start-error.ts'
