import KBCatalog
import KBSource

extension Check {
  /// Files of questionnaires that can't be read as they are meant.
  static let questionnaires = Check { library in
    Questionnaire.own(library).flatMap { QuestionnaireReader($0).diagnostics }
  }
}
