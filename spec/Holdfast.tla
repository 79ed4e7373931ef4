------------------------------ MODULE Holdfast ------------------------------
(* One lock, its row, and the processes that want it: the rules of docs/semantics.md, section    *)
(* "The writes" and after. docs/specification.md says which class each action stands for.        *)
(*                                                                                               *)
(* Time is whole units. A process reads its own two clocks, never the true time: its wall clock  *)
(* is off by 0..Spread and may be set anew within that, its monotonic clock lags by 0..Drift or, *)
(* where Stops, by ever more. A request stays in `net` from its sending to its delivery: it may  *)
(* come late, out of order, twice, or never. An answer is lost where the process gives up first. *)
EXTENDS Integers, FiniteSets

CONSTANTS
  Procs,      \* the processes, whole numbers
  Trusting,   \* those of `bounded`; the others are `unsynchronized`
  Lease,      \* length of each lease
  Skew,       \* maxSkew of those who trust
  Spread,     \* how far two wall clocks really differ at most
  Drift,      \* how far elapsed monotonic time is really off at most, within a lease
  Stops,      \* whether monotonic clocks may stand still, as in a frozen sandbox
  Window,     \* how long a completion is remembered; 0: nothing is completed
  TtlGap,     \* how long after its end a row may be deleted by its TTL; 0: never
  Retrying,   \* those who try up to MaxBodies times; the others once
  MaxNow, MaxBodies, MaxVersion, MaxNet, MaxCopies, MaxCrashes, MaxSets,
  Bad         \* the rule that is broken; "none"

VARIABLES now, lag, off, row, net, proc, reply, copies, crashes, sets, maxSeen, harm

vars == <<now, lag, off, row, net, proc, reply, copies, crashes, sets, maxSeen, harm>>
clocks == <<now, lag, off, sets>>
ghosts == <<maxSeen, harm>>

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

-----------------------------------------------------------------------------
(* Clocks *)

Wall(p) == now + off[p]
Mono(p) == now - lag[p]
Reading(p) == [wall |-> Wall(p), mono |-> Mono(p)]

Elapsed(p, at) ==
  CASE Bad = "monotonic clock only" -> Mono(p) - at.mono
    [] Bad = "wall clock only"      -> Wall(p) - at.wall
    [] OTHER                        -> Max(Mono(p) - at.mono, Wall(p) - at.wall)

Validity == Lease - Drift
WatchFor == Lease + Drift
Margin == IF Bad = "no skew margin" THEN 0 ELSE Skew

-----------------------------------------------------------------------------
(* Rows, requests and what a process knows *)

NoRow == [state |-> "NONE", nonce |-> <<0, 0>>, token |-> 0, version |-> 0, expires |-> 0,
          trusts |-> FALSE]
NoReply == [kind |-> "none", seen |-> NoRow]
NoWatch == [nonce |-> <<0, 0>>, version |-> 0, since |-> 0]
NoBody == [kind |-> "none", row |-> NoRow, now |-> 0, before |-> 0, watched |-> NoWatch]
NoTime == [wall |-> 0, mono |-> 0]

Idle(p, bodies, watch, orphans, tokenSeen) ==
  [pc |-> "idle", bodies |-> bodies, body |-> NoBody, sends |-> 0, at |-> NoTime, pending |-> {},
   clean |-> FALSE, seen |-> FALSE, watch |-> watch, orphans |-> orphans, tokenSeen |-> tokenSeen]

Init ==
  /\ now = 0
  /\ lag \in [Procs -> 0..(IF Stops THEN 0 ELSE Drift)]
  /\ off \in [Procs -> 0..Spread]
  /\ row = NoRow /\ net = {}
  /\ proc = [p \in Procs |-> Idle(p, 0, NoWatch, {}, 0)]
  /\ reply = [p \in Procs |-> NoReply]
  /\ copies = 0 /\ crashes = 0 /\ sets = 0
  /\ maxSeen = 0 /\ harm = {}

Nonce(p) == proc[p].body.row.nonce
Remaining(p) ==
  LET left(at) == Validity - Elapsed(p, at)
      all == {left(proc[p].at)} \cup {left(s.at) : s \in proc[p].pending}
  IN CHOOSE least \in all : \A other \in all : least <= other
Holds(p) == proc[p].pc \in {"held", "renewing"}
Believes(p) == Holds(p) /\ Remaining(p) > 0

Send(request) == net' = net \cup {request}
Settled(p, state, expires) ==
  [NoBody EXCEPT !.kind = "settle",
                 !.row = [proc[p].body.row EXCEPT !.state = state, !.expires = expires]]
Forgetting(p) == [NoBody EXCEPT !.kind = "forget", !.row = proc[p].body.row]

-----------------------------------------------------------------------------
(* Time goes on *)

Lags(p) == IF Stops THEN {lag[p], lag[p] + 1}
           ELSE {l \in 0..Drift : l \in {lag[p] - 1, lag[p], lag[p] + 1}}

Tick ==
  /\ now < MaxNow
  /\ now' = now + 1
  /\ lag' \in {next \in [Procs -> UNION {Lags(p) : p \in Procs}] :
                \A p \in Procs : next[p] \in Lags(p)}
  /\ UNCHANGED <<off, row, net, proc, reply, copies, crashes, sets, ghosts>>

SetWallClock(p) ==
  /\ ~Stops /\ sets < MaxSets
  /\ \E offset \in 0..Spread : offset # off[p] /\ off' = [off EXCEPT ![p] = offset]
  /\ sets' = sets + 1
  /\ UNCHANGED <<now, lag, row, net, proc, reply, copies, crashes, ghosts>>

-----------------------------------------------------------------------------
(* Acquiring *)

Ripe(p) ==
  LET w == proc[p].watch
  IN IF w # NoWatch /\ (w.nonce \in proc[p].orphans \/ Mono(p) - w.since >= WatchFor)
     THEN w ELSE NoWatch

SendAcquire(p) ==
  LET bodies == proc[p].bodies + 1
      token == Max(Wall(p), proc[p].tokenSeen + 1)
      held == [state |-> "HELD", nonce |-> <<p, bodies>>, token |-> token, version |-> 0,
               expires |-> Wall(p) + Lease, trusts |-> p \in Trusting]
      body == [kind |-> "acquire", row |-> held, now |-> Wall(p), before |-> Wall(p) - Margin,
               watched |-> [Ripe(p) EXCEPT !.since = 0]]
  IN /\ proc[p].pc = "idle" /\ bodies <= (IF p \in Retrying THEN MaxBodies ELSE 1)
     /\ Cardinality(net) < MaxNet
     /\ proc' = [proc EXCEPT ![p].pc = "acquiring", ![p].bodies = bodies, ![p].body = body,
                             ![p].sends = 1, ![p].at = Reading(p)]
     /\ Send(body)
     /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

ResendAcquire(p) ==
  /\ proc[p].pc = "acquiring" /\ proc[p].sends = 1 /\ Cardinality(net) < MaxNet
  /\ proc' = [proc EXCEPT ![p].sends = 2]
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ Send(proc[p].body)
  /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

Granted(p, seen) ==
  LET clean == seen = NoRow /\ proc[p].sends = 1 /\ proc[p].orphans = {}
      token == IF proc[p].tokenSeen = 0 THEN 0
               ELSE Max(proc[p].tokenSeen, proc[p].body.row.token)
  IN proc' = [proc EXCEPT ![p].pc = "held", ![p].clean = clean, ![p].watch = NoWatch,
                          ![p].tokenSeen = token,
                          ![p].at = IF Bad = "validity from the reply" THEN Reading(p) ELSE @]

GivingUp(p, watch, tokenSeen) ==
  Idle(p, proc[p].bodies, watch, proc[p].orphans \cup {Nonce(p)}, tokenSeen)

IsMine(p, seen) ==
  seen.state = "HELD" /\ seen.nonce = Nonce(p) /\ seen.token = proc[p].body.row.token

ReceiveGrant(p) ==
  /\ proc[p].pc = "acquiring" /\ reply[p] # NoReply
  /\ reply[p].kind = "applied" \/ IsMine(p, reply[p].seen)
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ IF Validity - Elapsed(p, proc[p].at) > 0 \/ Bad = "validity from the reply"
     THEN Granted(p, IF reply[p].kind = "applied" THEN reply[p].seen ELSE [NoRow EXCEPT !.token = 1])
          /\ UNCHANGED net
     ELSE /\ proc' = [proc EXCEPT ![p] = GivingUp(p, proc[p].watch, proc[p].tokenSeen)]
          /\ Send(Settled(p, "FREE", Wall(p)))
  /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

(* What a refusal teaches: the watch counts from this receipt unless it shows what is watched. *)
Watching(p, seen) ==
  LET w == proc[p].watch
      since == IF Bad = "watch from the sending" THEN proc[p].at.mono ELSE Mono(p)
  IN IF seen.state # "HELD" THEN NoWatch
     ELSE IF w.nonce = seen.nonce /\ (w.version = seen.version \/ Bad = "watch without the version")
     THEN w ELSE [nonce |-> seen.nonce, version |-> seen.version, since |-> since]

ReceiveRefusal(p) ==
  LET seen == reply[p].seen
      token == Max(proc[p].tokenSeen, seen.token)
      orphans == IF proc[p].sends > 1 THEN proc[p].orphans \cup {Nonce(p)} ELSE proc[p].orphans
  IN /\ proc[p].pc = "acquiring" /\ reply[p].kind = "refused" /\ ~IsMine(p, seen)
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, Watching(p, seen), orphans, token)]
     /\ UNCHANGED <<clocks, row, net, copies, crashes, ghosts>>

(* An unknown outcome: one release whose answer nobody waits for; the nonce is an orphan. *)
GiveUpAcquire(p) ==
  /\ proc[p].pc = "acquiring" /\ Cardinality(net) < MaxNet
  /\ proc' = [proc EXCEPT ![p] = GivingUp(p, @.watch, @.tokenSeen)]
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ Send(Settled(p, "FREE", Wall(p)))
  /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

-----------------------------------------------------------------------------
(* Holding *)

AskToken(p) ==
  /\ Believes(p) /\ ~proc[p].seen
  /\ proc' = [proc EXCEPT ![p].seen = TRUE]
  /\ maxSeen' = Max(maxSeen, proc[p].body.row.token)
  /\ UNCHANGED <<clocks, row, net, reply, copies, crashes, harm>>

SendRenew(p) ==
  LET version == proc[p].body.row.version + 1
      next == [proc[p].body.row EXCEPT !.version = version, !.expires = Max(@, Wall(p) + Lease)]
      body == [NoBody EXCEPT !.kind = "renew", !.row = next]
  IN /\ proc[p].pc = "held" /\ Believes(p) /\ version <= MaxVersion /\ Cardinality(net) < MaxNet
     /\ proc' = [proc EXCEPT ![p].pc = "renewing", ![p].body = body,
                             ![p].pending = @ \cup {[version |-> version, at |-> Reading(p)]}]
     /\ Send(body)
     /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

Confirmed(p, version) ==
  LET shown == CHOOSE s \in proc[p].pending : s.version = version
  IN proc' = [proc EXCEPT ![p].pc = "held", ![p].at = shown.at,
                          ![p].pending = {s \in @ : s.version > version}]

ReceiveRenewal(p) ==
  LET seen == reply[p].seen
      version == IF reply[p].kind = "applied" THEN proc[p].body.row.version ELSE seen.version
      mine == reply[p].kind = "applied" \/ IsMine(p, seen)
  IN /\ proc[p].pc = "renewing" /\ reply[p] # NoReply
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ IF mine /\ \E s \in proc[p].pending : s.version = version
        THEN Confirmed(p, version)
        ELSE proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.tokenSeen)]
     /\ UNCHANGED <<clocks, row, net, copies, crashes, ghosts>>

GiveUpRenew(p) ==
  /\ proc[p].pc = "renewing"
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ IF Bad = "an unanswered renewal counts"
     THEN Confirmed(p, proc[p].body.row.version)
     ELSE proc' = [proc EXCEPT ![p].pc = "held"]
  /\ UNCHANGED <<clocks, row, net, copies, crashes, ghosts>>

(* From here on the process believes in nothing, so nobody's belief depends on the answer. *)
Release(p) ==
  LET forget == proc[p].clean /\ ~proc[p].seen
  IN /\ proc[p].pc = "held" /\ Cardinality(net) < MaxNet
     /\ Send(IF forget \/ Bad = "delete instead of a marker"
             THEN Forgetting(p) ELSE Settled(p, "FREE", Wall(p)))
     /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.tokenSeen)]
     /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

Complete(p) ==
  /\ Window > 0 /\ proc[p].pc = "held" /\ Cardinality(net) < MaxNet
  /\ Send(Settled(p, "DONE", Wall(p) + Window))
  /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.tokenSeen)]
  /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

(* A crash forgets everything; the process that starts next has drawn none of its nonces. *)
Crash(p) ==
  /\ crashes < MaxCrashes /\ proc[p].pc # "idle"
  /\ crashes' = crashes + 1
  /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, NoWatch, {}, 0)]
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ UNCHANGED <<clocks, row, net, copies, ghosts>>

-----------------------------------------------------------------------------
(* The table: conditions as in dev.holdfast.lock.internal.dynamodb.DynamoDbRequests *)

MayAcquire(r) ==
  \/ row = NoRow
  \/ /\ row.token < r.row.token \/ Bad = "acquire without the token"
     /\ \/ row.state = "FREE"
        \/ row.state = "DONE" /\ (row.expires <= r.now \/ Bad = "DONE overwritten")
        \/ /\ row.state = "HELD" /\ row.expires <= r.before
           /\ r.row.trusts
           /\ row.trusts \/ Bad = "take-over by clock of a row without a bound"
        \/ /\ row.state = "HELD" /\ r.watched # NoWatch /\ row.nonce = r.watched.nonce
           /\ row.version = r.watched.version \/ Bad = "watch without the version"

Mine(r) ==
  /\ row # NoRow
  /\ row.nonce = r.row.nonce \/ (Bad = "release without the nonce" /\ r.kind # "renew")
  /\ row.token = r.row.token \/ (Bad = "release without the nonce" /\ r.kind # "renew")
  /\ row.state = "HELD" \/ (Bad = "renewal without the state" /\ r.kind = "renew")

May(r) ==
  CASE r.kind = "acquire" -> MayAcquire(r)
    [] r.kind = "renew"   -> Mine(r) /\ (row.version < r.row.version
                                         \/ Bad = "renewal without the version")
    [] OTHER              -> Mine(r)

(* What this write, if it takes effect, does that none may. *)
HarmOf(r) ==
  (IF r.kind # "acquire" /\ row.nonce # r.row.nonce THEN {"successor"} ELSE {})
  \cup (IF row.state = "DONE" /\ row.expires > now + Spread THEN {"done"} ELSE {})
  \cup (IF r.kind = "acquire" /\ r.row.token <= maxSeen THEN {"token"} ELSE {})

Waits(r) ==
  LET p == r.row.nonce[1]
  IN proc[p].pc \in {"acquiring", "renewing"} /\ proc[p].body = r /\ reply[p] = NoReply

Answered(r, kind) ==
  LET p == r.row.nonce[1]
  IN reply' = IF Waits(r) THEN [reply EXCEPT ![p] = [kind |-> kind, seen |-> row]] ELSE reply

Deliver(r) ==
  /\ \/ net' = net \ {r} /\ UNCHANGED copies
     \/ copies < MaxCopies /\ copies' = copies + 1 /\ UNCHANGED net
  /\ IF May(r)
     THEN /\ row' = IF r.kind = "forget" THEN NoRow ELSE r.row
          /\ harm' = harm \cup HarmOf(r)
          /\ Answered(r, "applied")
     ELSE Answered(r, "refused") /\ UNCHANGED <<row, harm>>
  /\ UNCHANGED <<clocks, proc, crashes, maxSeen>>

Lose(r) ==
  /\ Cardinality(net) = MaxNet
  /\ net' = net \ {r}
  /\ UNCHANGED <<clocks, row, proc, reply, copies, crashes, ghosts>>

(* DynamoDB deletes the row long after it stopped mattering, and with it the memory of tokens. *)
DeleteByTtl ==
  /\ TtlGap > 0 /\ row # NoRow /\ row.trusts /\ row.expires + TtlGap <= now
  /\ row' = NoRow
  /\ maxSeen' = 0
  /\ harm' = harm \cup (IF row.state = "DONE" /\ row.expires > now + Spread THEN {"done"} ELSE {})
  /\ UNCHANGED <<clocks, net, proc, reply, copies, crashes>>

-----------------------------------------------------------------------------
Step(p) ==
  \/ SetWallClock(p)
  \/ SendAcquire(p) \/ ResendAcquire(p) \/ ReceiveGrant(p) \/ ReceiveRefusal(p) \/ GiveUpAcquire(p)
  \/ AskToken(p) \/ SendRenew(p) \/ ReceiveRenewal(p) \/ GiveUpRenew(p)
  \/ Release(p) \/ Complete(p) \/ Crash(p)

Next ==
  \/ Tick
  \/ \E p \in Procs : Step(p)
  \/ \E r \in net : Deliver(r) \/ Lose(r)
  \/ DeleteByTtl

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold in every state *)

OneBeliever == \A p, q \in Procs : Believes(p) /\ Believes(q) => p = q
BelieverHasTheRow == \A p \in Procs : Believes(p) => row.state = "HELD" /\ row.nonce = Nonce(p)
TokensRise == "token" \notin harm
SuccessorUntouched == "successor" \notin harm
DoneIsKept == "done" \notin harm
=============================================================================
