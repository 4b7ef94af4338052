import Inference
import Mistral
import Tensors
import TestSupport

/// A model whose weights are all 0, so that all tokens are equally likely: the likeliest is the lowest that is allowed.
enum RiggedModel {
    static func generator(threads: Int = 1) throws -> Generator {
        let folder = try ReferenceModelFolder(data: { bytes in
            for index in bytes.indices { bytes[index] = 0 }
        })
        return Generator(
            model: try MistralModel(folder: folder.path, threads: ThreadPool(threadCount: threads)),
            tokenizer: try RandomModel.tokenizer.get())
    }
}
