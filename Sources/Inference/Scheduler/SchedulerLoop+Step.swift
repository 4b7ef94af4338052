import Mistral
import Synchronization
import Tensors

// One step of the model and what follows from it.
extension SchedulerLoop {
    /// What a sequence brings to a step.
    private typealias Part = (sequence: RunningSequence, tokens: Int)

    func step() {
        for sequence in running where sequence.job.channel.isCancelled { remove(sequence) }
        let parts = plan()
        var steps = parts.compactMap { $0.sequence.step(tokens: $0.tokens, imageTokenID: imageTokenID) }
        guard !steps.isEmpty, steps.count == parts.count else { return publish() }
        do throws(ModelError) {
            let logits = try forward(&steps, for: parts)
            noteRead(parts, &steps)
            answer(zip(parts, logits).map { ($0.sequence, $1) })
        } catch .cancelled {
            giveBack(parts, &steps)
        } catch {
            giveBack(parts, &steps)
            runOneByOne(parts)
        }
        publish()
    }

    /// The sequences that take part in the next step.
    private func plan() -> [Part] {
        let ready = running.filter(begin)
        let pending = ready.map(\.pending)
        let isAlone = ready.allSatisfy(\.isPrompt)
        let tokens = StepPlan.tokens(of: pending, most: isAlone ? limits.prefillTokensAlone : limits.prefillTokens)
        return Array(zip(ready, tokens))
    }

    /// Gives a sequence its cache, with what is known of its prompt; false while it waits for one that is reading it.
    private func begin(_ sequence: RunningSequence) -> Bool {
        guard sequence.cache == nil else { return true }
        let job = sequence.job
        var known = job.sharesPrompt ? prefixes.longest(job.prefix, most: job.tokens.count - 1) : nil
        if let (leader, common) = sequence.leader, common > known?.count ?? 0 {
            if leader.promptPosition >= common, var cache = leader.cache {
                cache.truncate(to: common)
                known = cache
            } else if leader.isReadingPrompt {
                return false
            } else {
                // It was cancelled or failed.
                sequence.leader = self.leader(of: sequence)
                if sequence.leader != nil { return false }
            }
        }
        sequence.leader = nil
        if job.sharesPrompt { prefixes.note(savedTokens: known?.count ?? 0) }
        sequence.begin(known ?? model.makeCache(format: job.format), imageTokenID: imageTokenID)
        return true
    }

    /// The logits of a step; masks of the answers are found meanwhile where there are threads for it.
    private func forward(_ steps: inout [SequenceStep], for parts: [Part]) throws(ModelError) -> [Matrix] {
        let watch = StepWatch(parts.map(StepWatch.Part.init), inbox: inbox)
        let progress: @Sendable (Double) -> Bool = { watch.note(share: $0) }
        let writers = parts.filter { $0.tokens == $0.sequence.pending }.flatMap(\.sequence.writers)
        guard let spareThreads, !writers.isEmpty else { return try model.forward(&steps, progress: progress) }
        let pass = ModelPass(steps)
        // From here on the pass alone has the caches: what is shared would be copied.
        steps = []
        defer { steps = pass.takeSteps() }
        let model = model
        spareThreads.parallelFor(count: 1 + writers.count) { index in
            if index == 0 { pass.run(model, progress) } else { writers[index - 1].prepareMask() }
        }
        return try pass.logits.get()
    }

    private func giveBack(_ parts: [Part], _ steps: inout [SequenceStep]) {
        for (part, step) in zip(parts, steps) { part.sequence.cache = step.cache }
        steps = []
    }

    private func noteRead(_ parts: [Part], _ steps: inout [SequenceStep]) {
        statistics.steps += 1
        for (part, step) in zip(parts, steps) {
            statistics.tokens += step.tokens.count
            part.sequence.noteRead(step)
        }
        giveBack(parts, &steps)
        for part in parts { keepPrompt(of: part.sequence) }
    }

    /// Keeps a prompt for later ones as soon as it was read.
    private func keepPrompt(of sequence: RunningSequence) {
        guard !sequence.isPromptKept, sequence.promptPosition >= sequence.job.prefix.ids.count,
            let cache = sequence.cache
        else { return }
        sequence.isPromptKept = true
        prefixes.insert(
            sequence.job.prefix, cache,
            limit: min(limits.prefixCacheBytes, limits.cacheBytes - statistics.reservedBytes))
    }

    /// Finds the sequence that a step failed for; the others go on.
    private func runOneByOne(_ parts: [Part]) {
        for part in parts {
            guard var steps = part.sequence.step(tokens: part.tokens, imageTokenID: imageTokenID).map({ [$0] }) else {
                continue
            }
            do throws(ModelError) {
                let logits = try forward(&steps, for: [part])
                noteRead([part], &steps)
                answer(logits.map { (part.sequence, $0) })
            } catch .cancelled {
                giveBack([part], &steps)
            } catch {
                giveBack([part], &steps)
                fail(part.sequence.request, .model(error))
            }
        }
    }

    /// Goes on with the answers that there are logits for.
    private func answer(_ results: [(sequence: RunningSequence, logits: Matrix)]) {
        var answering: [(sequence: RunningSequence, logits: Matrix)] = []
        for (sequence, logits) in results where sequence.pending == 0 && !sequence.isOver {
            let branches = sequence.branches()
            if branches.count > 1 {
                let place = running.firstIndex { $0 === sequence } ?? running.count - 1
                running.replaceSubrange(place...place, with: branches)
            }
            answering += branches.map { ($0, logits) }
        }
        var finished: [RunningSequence] = []
        for (part, outcome) in zip(answering, outcomes(answering)) where !part.sequence.isOver {
            switch outcome {
            case .failure(let error): fail(part.sequence.request, error)
            case .success(let step) where step.isAtEnd:
                remove(part.sequence)
                finished.append(part.sequence)
            case .success(let step): part.sequence.read(step.tokens)
            }
        }
        // Whoever gets an answer finds the figures as they are behind it.
        if !finished.isEmpty { publish() }
        for sequence in finished { sequence.finish() }
    }

    /// What each answer takes from its logits; several are written at the same time.
    private func outcomes(_ answering: [(sequence: RunningSequence, logits: Matrix)]) -> [AnswerWriter.Outcome] {
        let work = answering.flatMap { part in part.sequence.writers.map { ($0, part.logits) } }
        guard work.count > 1 else { return work.map { $0.next($1) } }
        let outcomes = Mutex([AnswerWriter.Outcome?](repeating: nil, count: work.count))
        model.threads.parallelFor(count: work.count) { index in
            let outcome = work[index].0.next(work[index].1)
            outcomes.withLock { $0[index] = outcome }
        }
        return outcomes.withLock { $0.map { $0 ?? .failure(.cancelled) } }
    }
}
