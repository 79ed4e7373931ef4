------------------------------ MODULE Holdfast ------------------------------
(* Model of one lock: its row, and the processes that acquire it. The actions follow the rules of *)
(* docs/semantics.md. docs/specification.md lists the class of each action.                      *)
(*                                                                                               *)
(* Time is a whole number. A process reads its own two clocks and never the true time. Its wall  *)
(* clock has an offset of 0..Spread and may be set within that range. Its monotonic clock lags by *)
(* 0..Drift, or by an increasing amount if Stops is true. A request stays in `net` from its sending *)
(* to its delivery. The network may deliver it late, out of order, twice, or never. A process that *)
(* abandons its request does not receive the reply.                                              *)
(*                                                                                               *)
(* The wall clock of a wrong process is ahead of all others. Each reply shows that, so it undoes *)
(* each acquire and never holds the lock.                                                        *)
EXTENDS Integers, FiniteSets

CONSTANTS
  Procs,      \* the processes, as whole numbers
  Bounded,    \* the processes with the clock model `bounded`; the others have `unsynchronized`
  Lease,      \* lease duration
  Skew,       \* maximum clock skew of the bounded processes
  Spread,     \* largest true difference of two wall clocks
  Wrong,      \* the processes whose wall clock is wrong
  Ahead,      \* error of their wall clocks
  Drift,      \* largest true error of elapsed monotonic time within one lease
  Stops,      \* TRUE if monotonic clocks may stop, as in a frozen execution environment
  Retention,  \* retention of a completion; 0 if nothing is completed
  TtlGap,     \* time from the end of a row to its deletion by TTL; 0 if never deleted
  Retrying,   \* the processes that make up to MaxBodies attempts; the others make one
  MaxNow, MaxBodies, MaxVersion, MaxNet, MaxCopies, MaxCrashes, MaxSets,
  Bad         \* the changed rule, or "none"

VARIABLES now, lag, off, row, net, proc, reply, copies, crashes, sets, maxSeen, violations

vars == <<now, lag, off, row, net, proc, reply, copies, crashes, sets, maxSeen, violations>>
clocks == <<now, lag, off, sets>>
ghosts == <<maxSeen, violations>>

Max(a, b) == IF a > b THEN a ELSE b
Min(a, b) == IF a < b THEN a ELSE b

-----------------------------------------------------------------------------
(* Clocks *)

Wall(p) == now + off[p] + (IF p \in Wrong THEN Ahead ELSE 0)
Mono(p) == now - lag[p]
Reading(p) == [wall |-> Wall(p), mono |-> Mono(p)]

Elapsed(p, at) ==
  CASE Bad = "monotonic clock only" -> Mono(p) - at.mono
    [] Bad = "wall clock only"      -> Wall(p) - at.wall
    [] OTHER                        -> Max(Mono(p) - at.mono, Wall(p) - at.wall)

Validity == Lease - Drift
WatchDuration == Lease + Drift
Margin == IF Bad = "no skew margin" THEN 0 ELSE Skew

-----------------------------------------------------------------------------
(* Rows, requests and the state of a process *)

NoRow == [state |-> "NONE", nonce |-> <<0, 0>>, token |-> 0, version |-> 0, expires |-> 0,
          bounded |-> FALSE, floor |-> 0]
NoReply == [kind |-> "none", seen |-> NoRow]
NoWatch == [nonce |-> <<0, 0>>, version |-> 0, since |-> 0]
NoOwn == [nonce |-> <<0, 0>>, token |-> 0]
NoBody == [kind |-> "none", row |-> NoRow, now |-> 0, before |-> 0, watched |-> NoWatch, own |-> NoOwn]
NoTime == [wall |-> 0, mono |-> 0]

Idle(p, bodies, watch, orphans, largestToken) ==
  [pc |-> "idle", bodies |-> bodies, body |-> NoBody, sends |-> 0, at |-> NoTime, pending |-> {},
   first |-> NoTime, fencing |-> 0, clean |-> FALSE, seen |-> FALSE, watch |-> watch, orphans |-> orphans, largestToken |-> largestToken]

Init ==
  /\ now = 0
  /\ lag \in [Procs -> 0..(IF Stops THEN 0 ELSE Drift)]
  /\ off \in [Procs -> 0..Spread]
  /\ row = NoRow /\ net = {}
  /\ proc = [p \in Procs |-> Idle(p, 0, NoWatch, {}, 0)]
  /\ reply = [p \in Procs |-> NoReply]
  /\ copies = 0 /\ crashes = 0 /\ sets = 0
  /\ maxSeen = 0 /\ violations = {}

Nonce(p) == proc[p].body.row.nonce
Remaining(p) ==
  LET left(at) == Validity - Elapsed(p, at)
      all == {left(proc[p].at)} \cup {left(s.at) : s \in proc[p].pending}
  IN CHOOSE least \in all : \A other \in all : least <= other
Holds(p) == proc[p].pc \in {"held", "renewing"}
IsHeld(p) == Holds(p) /\ Remaining(p) > 0

(* The wall clock, but not less than at the acquire plus the monotonic time since then. *)
NotBefore(p) == Max(Wall(p), proc[p].first.wall + Mono(p) - proc[p].first.mono)

Send(request) == net' = net \cup {request}
EndedRow(p, state, expires) ==
  [NoBody EXCEPT !.kind = "end",
                 !.row = [proc[p].body.row EXCEPT !.state = state, !.expires = expires]]
Deletion(p) == [NoBody EXCEPT !.kind = "delete", !.row = proc[p].body.row]

-----------------------------------------------------------------------------
(* Passage of time *)

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

TakeoverCandidate(p) ==
  LET w == proc[p].watch
  IN IF w # NoWatch /\ (w.nonce \in proc[p].orphans \/ Mono(p) - w.since >= WatchDuration)
     THEN w ELSE NoWatch

SendAcquire(p) ==
  LET bodies == proc[p].bodies + 1
      token == Max(Wall(p), proc[p].largestToken + 1)
      held == [state |-> "HELD", nonce |-> <<p, bodies>>, token |-> token, version |-> 0,
               expires |-> Wall(p) + Lease, bounded |-> p \in Bounded, floor |-> 0]
      body == [kind |-> "acquire", row |-> held, now |-> Wall(p), before |-> Wall(p) - Margin,
               watched |-> [TakeoverCandidate(p) EXCEPT !.since = 0], own |-> NoOwn]
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

Acquired(p, seen) ==
  LET clean == seen = NoRow /\ proc[p].sends = 1 /\ proc[p].orphans = {}
      token == IF proc[p].largestToken = 0 THEN 0
               ELSE Max(proc[p].largestToken, proc[p].body.row.token)
  IN proc' = [proc EXCEPT ![p].pc = "held", ![p].clean = clean, ![p].watch = NoWatch,
                          ![p].largestToken = token, ![p].first = proc[p].at,
                          ![p].fencing = proc[p].body.row.token,
                          ![p].body.row.token = IF seen = NoRow THEN @ ELSE Max(@, seen.token),
                          ![p].at = IF Bad = "lease counted from the reply" THEN Reading(p) ELSE @]

Abandoned(p, watch, largestToken) ==
  Idle(p, proc[p].bodies, watch, proc[p].orphans \cup {Nonce(p)}, largestToken)

ShowsOwnRow(p, seen) ==
  seen.state = "HELD" /\ seen.nonce = Nonce(p) /\ seen.token = proc[p].body.row.token

(* A wrong process has replaced the own row and restored it with a larger token. *)
ShowsRestoredRow(p, seen) ==
  seen.state = "HELD" /\ seen.nonce = Nonce(p) /\ seen.token > proc[p].body.row.token

IsGranted(p) ==
  /\ proc[p].pc = "acquiring" /\ reply[p] # NoReply
  /\ reply[p].kind = "applied" \/ ShowsOwnRow(p, reply[p].seen) \/ ShowsRestoredRow(p, reply[p].seen)

ReceiveAcquired(p) ==
  /\ IsGranted(p) /\ p \notin Wrong
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ IF Validity - Elapsed(p, proc[p].at) > 0 \/ Bad = "lease counted from the reply"
     THEN Acquired(p, IF reply[p].kind = "applied" THEN reply[p].seen
                      ELSE [NoRow EXCEPT !.token = reply[p].seen.token])
          /\ UNCHANGED net
     ELSE /\ proc' = [proc EXCEPT ![p] = Abandoned(p, proc[p].watch, proc[p].largestToken)]
          /\ Send(EndedRow(p, "FREE", Wall(p)))
  /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

(* The reply shows that the clock is wrong. The restored row has the token of the undone acquire. *)
Restored(p, seen) ==
  CASE Bad = "undo without the token" -> seen
    [] Bad = "undo with a floor only" -> [seen EXCEPT !.floor = proc[p].body.row.token]
    [] OTHER                          -> [seen EXCEPT !.token = proc[p].body.row.token]

Undo(p) ==
  LET seen == reply[p].seen
      own == [nonce |-> Nonce(p), token |-> proc[p].body.row.token]
      restore == [NoBody EXCEPT !.kind = "restore", !.row = Restored(p, seen), !.own = own]
  IN /\ IsGranted(p) /\ p \in Wrong
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.largestToken)]
     /\ IF reply[p].kind # "applied" THEN UNCHANGED net
        ELSE Send(IF seen.state \in {"HELD", "COMPLETED"} THEN restore ELSE EndedRow(p, "FREE", Wall(p)))
     /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

(* A rejection starts a new watch, unless it shows the watched nonce and version again. *)
NextWatch(p, seen) ==
  LET w == proc[p].watch
      since == IF Bad = "watch counted from the request" THEN proc[p].at.mono ELSE Mono(p)
  IN IF seen.state # "HELD" THEN NoWatch
     ELSE IF w.nonce = seen.nonce /\ (w.version = seen.version \/ Bad = "watch without the version")
     THEN w ELSE [nonce |-> seen.nonce, version |-> seen.version, since |-> since]

ReceiveRejection(p) ==
  LET seen == reply[p].seen
      token == Max(proc[p].largestToken, seen.token)
      orphans == IF proc[p].sends > 1 THEN proc[p].orphans \cup {Nonce(p)} ELSE proc[p].orphans
  IN /\ proc[p].pc = "acquiring" /\ reply[p].kind = "rejected" /\ ~IsGranted(p)
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, NextWatch(p, seen), orphans, token)]
     /\ UNCHANGED <<clocks, row, net, copies, crashes, ghosts>>

(* An unknown outcome: the process sends one release, ignores its reply and keeps the orphan. *)
AbandonAcquire(p) ==
  /\ proc[p].pc = "acquiring" /\ Cardinality(net) < MaxNet
  /\ proc' = [proc EXCEPT ![p] = Abandoned(p, @.watch, @.largestToken)]
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ Send(EndedRow(p, "FREE", Wall(p)))
  /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

-----------------------------------------------------------------------------
(* Holding *)

ReadToken(p) ==
  /\ IsHeld(p) /\ ~proc[p].seen
  /\ proc' = [proc EXCEPT ![p].seen = TRUE]
  /\ maxSeen' = Max(maxSeen, proc[p].fencing)
  /\ UNCHANGED <<clocks, row, net, reply, copies, crashes, violations>>

SendRenewal(p) ==
  LET version == proc[p].body.row.version + 1
      next == [proc[p].body.row EXCEPT !.version = version, !.expires = Max(@, NotBefore(p) + Lease)]
      body == [NoBody EXCEPT !.kind = "renew", !.row = next]
  IN /\ proc[p].pc = "held" /\ IsHeld(p) /\ version <= MaxVersion /\ Cardinality(net) < MaxNet
     /\ proc' = [proc EXCEPT ![p].pc = "renewing", ![p].body = body,
                             ![p].pending = @ \cup {[version |-> version, at |-> Reading(p)]}]
     /\ Send(body)
     /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

Confirmed(p, version) ==
  LET shown == CHOOSE s \in proc[p].pending : s.version = version
  IN proc' = [proc EXCEPT ![p].pc = "held", ![p].at = shown.at,
                          ![p].pending = {s \in @ : s.version > version}]

MustAdopt(p) ==
  reply[p].kind = "rejected" /\ ShowsRestoredRow(p, reply[p].seen) /\ Bad # "token not adopted"

(* The own row has a larger token: the write is sent again with it. *)
AdoptToken(p) ==
  LET body == [proc[p].body EXCEPT !.row.token = reply[p].seen.token]
  IN /\ proc[p].pc = "renewing" /\ MustAdopt(p)
     /\ proc' = [proc EXCEPT ![p].body = body, ![p].clean = FALSE]
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ Send(body)
     /\ UNCHANGED <<clocks, row, copies, crashes, ghosts>>

ReceiveRenewal(p) ==
  LET seen == reply[p].seen
      version == IF reply[p].kind = "applied" THEN proc[p].body.row.version ELSE seen.version
      own == reply[p].kind = "applied" \/ ShowsOwnRow(p, seen)
  IN /\ proc[p].pc = "renewing" /\ reply[p] # NoReply /\ ~MustAdopt(p)
     /\ reply' = [reply EXCEPT ![p] = NoReply]
     /\ IF own /\ \E s \in proc[p].pending : s.version = version
        THEN Confirmed(p, version) /\ UNCHANGED violations
        ELSE /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.largestToken)]
             /\ violations' = violations \cup
                  (IF seen.state = "HELD" /\ seen.nonce = Nonce(p) THEN {"loss"} ELSE {})
     /\ UNCHANGED <<clocks, row, net, copies, crashes, maxSeen>>

AbandonRenewal(p) ==
  /\ proc[p].pc = "renewing"
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ IF Bad = "unknown renewal extends the lease"
     THEN Confirmed(p, proc[p].body.row.version)
     ELSE proc' = [proc EXCEPT ![p].pc = "held"]
  /\ UNCHANGED <<clocks, row, net, copies, crashes, ghosts>>

(* The process no longer holds the lock once it sends the release, so the reply is ignored. *)
Release(p) ==
  LET delete == proc[p].clean /\ ~proc[p].seen
  IN /\ proc[p].pc = "held" /\ Cardinality(net) < MaxNet
     /\ Send(IF delete \/ Bad = "delete instead of a marker"
             THEN Deletion(p) ELSE EndedRow(p, "FREE", Wall(p)))
     /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.largestToken)]
     /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

Complete(p) ==
  /\ Retention > 0 /\ proc[p].pc = "held" /\ Cardinality(net) < MaxNet
  /\ Send(EndedRow(p, "COMPLETED", NotBefore(p) + Retention))
  /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, @.watch, @.orphans, @.largestToken)]
  /\ UNCHANGED <<clocks, row, reply, copies, crashes, ghosts>>

(* A crash clears the state of a process. Its successor uses other nonces. *)
Crash(p) ==
  /\ crashes < MaxCrashes /\ proc[p].pc # "idle"
  /\ crashes' = crashes + 1
  /\ proc' = [proc EXCEPT ![p] = Idle(p, @.bodies, NoWatch, {}, 0)]
  /\ reply' = [reply EXCEPT ![p] = NoReply]
  /\ UNCHANGED <<clocks, row, net, copies, ghosts>>

-----------------------------------------------------------------------------
(* The table: conditions as in dev.holdfast.lock.internal.dynamodb.DynamoDbRequests *)

AcceptsAcquire(r) ==
  \/ row = NoRow
  \/ /\ row.token < r.row.token \/ Bad = "acquire without the token"
     /\ row.floor < r.row.token
     /\ \/ row.state = "FREE"
        \/ row.state = "COMPLETED" /\ (row.expires <= r.now \/ Bad = "COMPLETED overwritten")
        \/ /\ row.state = "HELD" /\ row.expires <= r.before
           /\ r.row.bounded
           /\ row.bounded \/ Bad = "takeover by clock of an unbounded row"
        \/ /\ row.state = "HELD" /\ r.watched # NoWatch /\ row.nonce = r.watched.nonce
           /\ row.version = r.watched.version \/ Bad = "watch without the version"

IsOwnRow(r) ==
  /\ row # NoRow
  /\ row.nonce = r.row.nonce \/ (Bad = "release without the nonce" /\ r.kind # "renew")
  /\ row.token = r.row.token \/ (Bad = "release without the nonce" /\ r.kind # "renew")
  /\ row.state = "HELD" \/ (Bad = "renewal without the state" /\ r.kind = "renew")

Accepts(r) ==
  CASE r.kind = "acquire" -> AcceptsAcquire(r)
    [] r.kind = "restore" -> row.state = "HELD" /\ [nonce |-> row.nonce, token |-> row.token] = r.own
    [] r.kind = "renew"   -> IsOwnRow(r) /\ (row.version < r.row.version
                                         \/ Bad = "renewal without the version")
    [] OTHER              -> IsOwnRow(r)

(* The violations of safety that a write causes if it takes effect. *)
ViolationsOf(r) ==
  (IF r.kind \notin {"acquire", "restore"} /\ row.nonce # r.row.nonce THEN {"successor"} ELSE {})
  \cup (IF row.state = "COMPLETED" /\ row.expires > now + Spread /\ r.row.nonce[1] \notin Wrong
        THEN {"completion"} ELSE {})
  \cup (IF r.kind = "acquire" /\ r.row.token <= maxSeen THEN {"token"} ELSE {})
  \cup (IF r.kind # "delete" /\ r.row.token < row.token THEN {"token"} ELSE {})

Waits(r) ==
  LET p == r.row.nonce[1]
  IN proc[p].pc \in {"acquiring", "renewing"} /\ proc[p].body = r /\ reply[p] = NoReply

Answered(r, kind) ==
  LET p == r.row.nonce[1]
  IN reply' = IF Waits(r) THEN [reply EXCEPT ![p] = [kind |-> kind, seen |-> row]] ELSE reply

(* The end of a hold that its own row rejects with a larger token is sent again, as a marker at least. *)
Again(r) ==
  LET adopts == /\ r.kind \in {"end", "delete"} /\ Bad # "token not adopted"
                /\ row.state = "HELD" /\ row.nonce = r.row.nonce /\ row.token > r.row.token
      state == IF r.kind = "delete" THEN "FREE" ELSE r.row.state
  IN IF adopts THEN {[r EXCEPT !.kind = "end", !.row.state = state, !.row.token = row.token]} ELSE {}

Deliver(r) ==
  /\ \/ net' = (net \ {r}) \cup Again(r) /\ UNCHANGED copies
     \/ copies < MaxCopies /\ copies' = copies + 1 /\ net' = net \cup Again(r)
  /\ IF Accepts(r)
     THEN /\ row' = IF r.kind = "delete" THEN NoRow ELSE r.row
          /\ violations' = violations \cup ViolationsOf(r)
          /\ Answered(r, "applied")
     ELSE Answered(r, "rejected") /\ UNCHANGED <<row, violations>>
  /\ UNCHANGED <<clocks, proc, crashes, maxSeen>>

Lose(r) ==
  /\ Cardinality(net) = MaxNet
  /\ net' = net \ {r}
  /\ UNCHANGED <<clocks, row, proc, reply, copies, crashes, ghosts>>

(* DynamoDB deletes the row long after its end, and its token with it. *)
DeleteByTtl ==
  /\ TtlGap > 0 /\ row # NoRow /\ row.bounded /\ row.expires + TtlGap <= now
  /\ row' = NoRow
  /\ maxSeen' = 0
  /\ violations' = violations \cup (IF row.state = "COMPLETED" /\ row.expires > now + Spread THEN {"completion"} ELSE {})
  /\ UNCHANGED <<clocks, net, proc, reply, copies, crashes>>

-----------------------------------------------------------------------------
Step(p) ==
  \/ SetWallClock(p)
  \/ SendAcquire(p) \/ ResendAcquire(p) \/ ReceiveAcquired(p) \/ ReceiveRejection(p) \/ AbandonAcquire(p)
  \/ Undo(p)
  \/ ReadToken(p) \/ SendRenewal(p) \/ ReceiveRenewal(p) \/ AdoptToken(p) \/ AbandonRenewal(p)
  \/ Release(p) \/ Complete(p) \/ Crash(p)

Next ==
  \/ Tick
  \/ \E p \in Procs : Step(p)
  \/ \E r \in net : Deliver(r) \/ Lose(r)
  \/ DeleteByTtl

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Invariants *)

MutualExclusion == \A p, q \in Procs : IsHeld(p) /\ IsHeld(q) => p = q
HolderOwnsRow == \A p \in Procs : IsHeld(p) => row.state = "HELD" /\ row.nonce = Nonce(p)
TokensIncrease == "token" \notin violations
SuccessorUnchanged == "successor" \notin violations
CompletionIsKept == "completion" \notin violations
LossIsReal == "loss" \notin violations
=============================================================================
