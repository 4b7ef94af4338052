import ArgumentParser
import Mistral
import Tensors

/// Faults of a model have the same code in every command: 88 and 89 for tensors, 78 for all others.
extension ExitCode {
    init(_ error: ModelError) {
        switch error {
        case .weights(let error): self.init(error)
        case .gguf(let error): self.init(error)
        case .missingTensor: self = .missingTensor
        case .tensorShape: self = .wrongTensorShape
        default: self = .modelUnusable
        }
    }

    init(_ error: GGUFError) {
        switch error {
        case .missing: self = .missingTensor
        case .shape: self = .wrongTensorShape
        default: self = .modelUnusable
        }
    }

    init(_ error: SafetensorsError) {
        switch error {
        case .missing: self = .missingTensor
        case .shape: self = .wrongTensorShape
        default: self = .modelUnusable
        }
    }
}
