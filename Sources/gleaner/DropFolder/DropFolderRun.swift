import ArgumentParser
import DropFolder
import Extraction
import Foundation
import HTTPService
import Logging
import ServiceLifecycle
import SystemService

/// One run of the drop folder: engines, logs, display, metrics and the service around the daemon.
struct DropFolderRun {
    private let options: ConfigurationOptions
    private let daemonOptions: DropFolderDaemon.Options
    private let configuration: DropFolderConfiguration
    private let metrics = DaemonMetrics()
    private let logger: Logger
    private let notifier: ServiceNotifier

    init(_ options: ConfigurationOptions, isDrain: Bool, acceptsNewMounts: Bool) throws {
        self.options = options
        configuration = try options.load()
        var daemonOptions = DropFolderDaemon.Options()
        daemonOptions.isDrain = isDrain
        daemonOptions.acceptsNewMounts = acceptsNewMounts
        self.daemonOptions = daemonOptions
        logger = DaemonLog.logger(configuration.log)
        do {
            notifier = try ServiceNotifier(environment: ProcessEnvironment.variables)
        } catch {
            throw FileFailure(message: "\(error)", code: .badConfiguration)
        }
    }

    /// Until a signal stops it.
    func watch() async throws {
        let log = DaemonLog(logger)
        let display = isOnTerminal ? WatchDisplay(metrics) : nil
        let engines = try EngineCache(configuration) { log.note(.warning($0)) }
        let tell: @Sendable (DaemonEvent) -> Void = { [metrics] event in
            metrics.note(event)
            if let display { display.note(event) } else { log.note(event) }
        }
        let make: DropFolderSupervisor.Make = { [daemonOptions] configuration throws(DaemonError) in
            try DropFolderDaemon(configuration, options: daemonOptions, engine: engines.engine, tell: tell)
        }
        let supervisor = DropFolderSupervisor(
            try make(configuration), make: make, reload: { reload(engines, log) },
            didStart: { notifier.ready(status: "watching") }, willStop: { notifier.stopping() })
        display?.follow { supervisor.daemon }
        display?.begin(configuration)
        var services: [any Service] = [
            supervisor, ServicePulse(supervisor, metrics: metrics, notifier: notifier),
        ]
        if let port = configuration.monitoring.port {
            services.append(try monitoring(port: port, supervisor))
        }
        try await run(services)
        display?.end()
    }

    /// Until nothing is left to do.
    func drain() async throws {
        let log = DaemonLog(logger)
        let display = isOnTerminal ? WatchDisplay(metrics) : nil
        let engines = try EngineCache(configuration) { log.note(.warning($0)) }
        let daemon = try DropFolderDaemon(configuration, options: daemonOptions, engine: engines.engine) {
            [metrics] event in
            metrics.note(event)
            if let display { display.note(event) } else { log.note(event) }
        }
        display?.follow { daemon }
        display?.begin(configuration)
        try await run([DropFolderService(daemon)])
        display?.end()
        for (component, problem) in daemon.health.problems.sorted(by: { $0.key < $1.key }) {
            throw FileFailure(message: "\(component): \(problem)", code: .tryAgain)
        }
        guard daemon.isDone else {
            throw FileFailure(message: "stopped before everything was read; drain again for the rest", code: .tryAgain)
        }
        if metrics.totals.failedInAll > 0 { throw ExitCode.damagedDocument }
    }

    private func monitoring(port: Int, _ supervisor: DropFolderSupervisor) throws -> MonitoringServer {
        do {
            return try MonitoringServer(
                address: configuration.monitoring.address, port: port,
                metrics: { [metrics] in PrometheusFigures(metrics.totals, supervisor.daemon).text },
                health: {
                    let problems = supervisor.daemon.health.problems.sorted { $0.key < $1.key }
                    return Health(reasons: problems.map { "\($0.key): \($0.value)" })
                })
        } catch {
            throw FileFailure(message: "\(error)", code: .badConfiguration)
        }
    }

    private var isOnTerminal: Bool { StandardError.isTerminal && configuration.log.format == .auto }

    private func run(_ services: [any Service]) async throws {
        var group = ServiceGroupConfiguration(
            services: services.enumerated().map { index, service in
                .init(
                    service: service,
                    successTerminationBehavior: index == 0 ? .gracefullyShutdownGroup : .ignore,
                    failureTerminationBehavior: .cancelGroup)
            }, gracefulShutdownSignals: [.sigterm, .sigint], logger: DaemonLog.quiet)
        group.cancellationSignals = [.sigquit]
        try await ServiceGroup(configuration: group).run()
    }

    /// The configuration as it is now; nil, and told why, when it cannot be used.
    @Sendable private func reload(_ engines: EngineCache, _ log: DaemonLog) -> DropFolderConfiguration? {
        notifier.reloading()
        do {
            let configuration = try options.load()
            try DropFolderDaemon.check(configuration, engine: engines.engine)
            log.note(.warning("the configuration was read again"))
            return configuration
        } catch {
            log.note(.warning("the configuration stays as it was: \(error)"))
            notifier.ready(status: "watching; the new configuration is not good")
            return nil
        }
    }
}
