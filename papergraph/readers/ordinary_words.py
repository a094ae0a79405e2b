"""Words of everyday and academic English that some papers took as their names."""

ORDINARY_WORDS = frozenset(
    """
    ability about above accept access account achieve across act action activation active actor
    adapt adaptation adapter add additive address adequate adjust advance adversarial agent
    aggregate aim align alignment allow alpha also amazon analysis anchor and apply approach arc
    area argue art as ask aspect assign assist assume at atlas attack attend attention audio augment
    author auto autoencoder average aware back backbone background bag balance bank bar base
    baseline basic batch be beam bear beat become bench benchmark best beta bias big binary bind
    bird bleu blip block blog bloom blur boost boosting bot bottleneck bound box brain branch bridge
    broad budget build by cache call can candidate canny capsule capture card care carry case cast
    cat category causal cause cell center chain chair chameleon chance change channel chat check
    chinchilla choice circuit class classifier clean clear clever clip clock close cloud cluster
    coat coco code codex coding coherent collect color column combine come command common compare
    complete complex compose compress compression computer concept condition conditional cone
    connect consider consistency consistent constant constitution constitutional contain content
    context continuous contrast control convert convolution convolutional core correct cost could
    count course cover craft create critic cross crowd cue cure current curve cut cycle dark dart
    darts data dataset date deal decision decoder deep define delta demand dense depth describe
    design detail detect detector develop diffusion dilated dimension dino direct direction discover
    discrete discriminator distance distil distill distillation distribution diverse document dog
    dolly domain door double draft draw dream dreamer drive drop dropout dual due dueling dynamic
    each early earth ease echo edge edit effect efficient effort electra element embed embedding
    emerge encoder end energy engine enhance ensemble entity entropy environment episode era error
    ethics evaluate event evolution example excel exchange expand experience experiment expert
    explain explore express extend extract eye face fact fair faith falcon fashion fast feature
    federated feedback few field file filter find fine first fit fix flamingo flan flash flat flow
    focal focus fold forest forget form forward foundation fragment frame framework free freeze
    frequency from full function fusion future gain galactica game gap gate gated gather gemini
    general generalise generate generation generative generator genie get give glass glide global
    glove glow goal gold gopher gradient grammar graph graphic great grid ground group grow guide
    guided hash have head heart heat her hero hidden hierarchy high highway hindsight hog hold home
    hood hope hour house how human hybrid hyper hypothesis idea identify identity image imagen
    imagine imitation impact implicit improve in inception incident include increase index inductive
    infer inference influence inform information init initial input insight inspire instance
    instruct instruction integrate intent interact inverse investigate is issue it item joint judge
    jump just keep kernel key kind know knowledge label lamb lamp language large last latent law
    layer lead leaf learn learning led length lens less level lever library life lift light like
    lime line linear link lion list llama local lock logic long look loss lottery low machine macro
    made magnitude main make mamba mann many map margin mark mask masked match matching matrix
    matter max mean measure memory merge meta method metric micro mid mind mini mirror miss mix
    mixture mixup mode model modify modular module momentum monitor more most motion move multi name
    nas native natural navigate near neat need negative network neural new next nice node noise norm
    normal novel number object observe offer on one open opt optimise optimize optimizer option or
    oracle order origin output over own pack page pair palm paper paragraph parallel parse part
    partial pass past patch path pattern penalty people perceive perceiver perceptron perceptual
    perform performer period phase phoenix picture pipe pixel place plain plan planet plenty point
    pointer policy pool pooling position power practice predict prefix present pretrain prime prior
    prioritized probe problem process program progressive project prompt propagation proposal
    propose protein prototype prove proximal prune pruning pure purpose pyramid quality quantize
    query question quick rag rain rainbow random range rank rapid rate ratio raven reach react read
    ready real reason recall recurrent reduce refer reference refine reflect reformer region
    regression regular regularization reinforce relate relation release relevant remember render
    replay represent require research reset residual resolve respond response retain retrieve retro
    return review reward right ring risk road robot robust role roll root route rule run safe sage
    sail sam same sample scale scaling scan scene score scratch search see segment select selective
    self semantic sense sensor sequence series set shallow shape share sharp shift shot show shuffle
    siamese side sight sign signal similar simple single skill skip slow small smooth snapshot
    social soft solid solve some sort source space spark sparrow sparse spatial spectral speech
    speed spider spin split spread stable stack stacked standard star start state static steer step
    stochastic stop store story stream strong structure student style sub sum super supervised
    support surface survey swin switch symbol system table tag take target task teach teacher team
    tell temporal tensor term test text texture that the theory thought tide time titan token tool
    top topic trace track train transfer transform transformer translate transport tree trial trust
    try tuning turing turn twin two unified unit universal up use user value variational vector
    venture verify version video view virtual vision visual voice volume walk wave way weight
    whisper wide wild will window wise with word work world yet zero zip
    """.split()  # noqa: SIM905 - else 880 lines
)
"""Common words, singular and uninflected; not a dictionary."""


def is_ordinary(word: str) -> bool:
    """Say whether a word, whatever its ending, is one of everyday or academic English.

    >>> is_ordinary("reinforces"), is_ordinary("sparsely"), is_ordinary("alexnet")
    (True, True, False)
    """
    low = word.lower()
    if len(low) <= 2 or low in ORDINARY_WORDS:
        return True
    stems = (low.removesuffix(ending) for ending in ("s", "es", "ed", "ing", "ly", "er"))
    return any(
        stem != low and (stem in ORDINARY_WORDS or f"{stem}e" in ORDINARY_WORDS) for stem in stems
    )
