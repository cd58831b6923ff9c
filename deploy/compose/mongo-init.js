// Makes the replica set and the users of the services. Run again, it changes nothing but passwords that differ.
// For mongosh --nodb; the passwords come from the environment.
const members = ["mongo-1:27017", "mongo-2:27017", "mongo-3:27017"];
const databases = ["credits", "sessions", "checkpoints", "tasks", "billing"];
const root = `mongodb://root:${encodeURIComponent(process.env.ROOT_PASSWORD)}@`;

const first = new Mongo(`${root}${members[0]}/?directConnection=true&authSource=admin`).getDB("admin");
let isNew = false;
try {
  isNew = first.runCommand({replSetGetStatus: 1}).codeName === "NotYetInitialized";
} catch (fault) {
  if (fault.codeName !== "NotYetInitialized") throw fault;
  isNew = true;
}
if (isNew) {
  print("initiating the replica set");
  first.runCommand({replSetInitiate: {_id: "drawdown", members: members.map((host, _id) => ({_id, host}))}});
}

// The driver waits up to 60 s for a primary.
const set = new Mongo(`${root}${members.join(",")}/?replicaSet=drawdown&authSource=admin&serverSelectionTimeoutMS=60000`);
for (const database of databases) {
  const db = set.getDB(database);
  const user = {pwd: process.env[`${database.toUpperCase()}_PASSWORD`], roles: [{role: "readWrite", db: database}]};
  if (db.getUser(database)) {
    db.updateUser(database, user);
  } else {
    db.createUser({user: database, ...user}, {w: "majority"});
  }
  print(`user ${database} is there`);
}
